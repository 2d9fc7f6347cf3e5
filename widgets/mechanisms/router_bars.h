// SPDX-License-Identifier: GPL-3.0-or-later
// The scores of a router as bars, in the order of the tokens or by size, with the line between those taken (solid) and
// those passed by (hatched). Window's thread.
#pragma once

#include "core/wire/verbs.h"
#include "widgets/plots/bars.h"

#include <optional>

namespace headlens {

class RouterBars final : public ColumnBars {
    Q_OBJECT
public:
    explicit RouterBars(QWidget* parent = nullptr);

    // `layer` is only said; `token`: the chosen one.
    void setBlock(const verbs::BlockGrid& block, int layer, int token);
    void setSorted(bool sorted);
    const std::vector<int>& order() const { return m_order; } // the token of each bar
    std::optional<double> threshold() const { return m_threshold; }

Q_SIGNALS:
    void tokenChosen(int token);

protected:
    int chosen() const override;
    void choose(int bar) override { Q_EMIT tokenChosen(m_order[std::size_t(bar)]); }
    QString textOf(int bar) const override;
    void tell() override;

private:
    QString draw(); // gives what the scale is

    verbs::BlockGrid m_block;
    std::vector<int> m_order;
    std::optional<double> m_threshold;
    int m_layer = 0, m_token = -1;
    bool m_sorted = true;
};

} // namespace headlens
