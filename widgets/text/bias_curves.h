// SPDX-License-Identifier: GPL-3.0-or-later
// What every head adds to its scores for the distance from query to key, a curve a head. Window's thread.
#pragma once

#include "core/base/float_array.h"
#include "widgets/plots/chart.h"

#include <QList>

namespace headlens {

class BiasCurves : public Chart {
    Q_OBJECT
public:
    explicit BiasCurves(QWidget* parent = nullptr);

    void setBias(const FloatArray& bias);    // [heads, distances], the middle one is 0
    void setChosen(const QList<int>& heads); // drawn wide
    int columnAt(const QPoint& point) const; // of the bias; -1: none

protected:
    void tell() override;
    void style() override;

private:
    FloatArray m_bias;
};

} // namespace headlens
