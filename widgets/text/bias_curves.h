// SPDX-License-Identifier: GPL-3.0-or-later
// What every head adds to its scores for the distance from query to key, a curve a head. Window's thread.
#pragma once

#include "core/base/float_array.h"
#include "widgets/plots/chart.h"

#include <QList>

namespace headlens {

class BiasCurves final : public Chart {
    Q_OBJECT
public:
    explicit BiasCurves(QWidget* parent = nullptr);

    // [heads, distances], the middle one is 0; those `chosen` are drawn wide.
    void setBias(const FloatArray& bias, const QList<int>& chosen);
    int columnAt(const QPoint& point) const; // of the bias; -1: none

protected:
    void tell() override {} // it has numbers alone
    void style() override;

private:
    int m_columns = 0;
};

} // namespace headlens
