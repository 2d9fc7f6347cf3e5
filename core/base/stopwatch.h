// SPDX-License-Identifier: GPL-3.0-or-later
// How long something took.
#pragma once

#include <chrono>

namespace headlens {

// Starts when it is made.
class Stopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_start).count(); }
    double milliseconds() const { return 1000 * seconds(); }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point m_start = Clock::now();
};

} // namespace headlens
