// SPDX-License-Identifier: GPL-3.0-or-later
// Mean and deviation of numbers that come one after another (Welford 1962), without keeping them.
#pragma once

#include <cmath>
#include <limits>

namespace headlens {

class RunningMean {
public:
    void add(double value) // nan does not count
    {
        if (std::isnan(value)) return;
        const double before = value - m_mean;
        m_mean += before / ++m_count;
        m_squares += before * (value - m_mean);
    }
    double mean() const { return m_count > 0 ? m_mean : kNone; }
    double deviation() const { return m_count > 1 ? std::sqrt(m_squares / (m_count - 1)) : kNone; } // the sample's

private:
    static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    double m_mean = 0, m_squares = 0; // of distances from the mean
    int m_count = 0;
};

} // namespace headlens
