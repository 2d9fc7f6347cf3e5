// SPDX-License-Identifier: GPL-3.0-or-later
// What every block computes, as its share of the block with all tokens. Window's thread.
#pragma once

#include "widgets/mechanisms/routing.h"
#include "widgets/plots/bars.h"

namespace headlens {

class ComputeBars final : public BarRows {
    Q_OBJECT
public:
    explicit ComputeBars(QWidget* parent = nullptr);

    void setLoads(const std::vector<BlockLoad>& loads);
    const std::vector<BlockLoad>& loads() const { return m_loads; }
    static QString sentence(const std::vector<BlockLoad>& loads); // of all blocks together

protected:
    void tell() override;

private:
    std::vector<BlockLoad> m_loads;
};

} // namespace headlens
