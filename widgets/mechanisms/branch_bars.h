// SPDX-License-Identifier: GPL-3.0-or-later
// What the two branches of Infini-attention add to one token, head by head, behind the output projection: the norm of
// what is read from the memory beside that of the own segment. Window's thread.
#pragma once

#include "widgets/plots/bars.h"

namespace headlens {

class BranchBars final : public BarRows {
    Q_OBJECT
public:
    struct Pair {
        float read = 0, local = 0;
    };
    explicit BranchBars(QWidget* parent = nullptr);

    // `token`: its name. No heads: nothing is known.
    void setBranches(const std::vector<Pair>& heads, const QString& token);
    const std::vector<Pair>& branches() const { return m_heads; }

protected:
    void tell() override;

private:
    std::vector<Pair> m_heads;
    QString m_token;
};

} // namespace headlens
