// SPDX-License-Identifier: GPL-3.0-or-later
// What a model of lives says about time: the waves that encode age and date, and how strongly both are added. Values
// only, any thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <optional>
#include <span>
#include <vector>

namespace headlens {

struct TimeWave {
    double frequency = 0, phase = 0; // per year; the code of a time t is f(t * frequency + phase)
    double period() const;           // years; 0 where it does not turn
};

struct LifeState {
    std::vector<TimeWave> age, date;       // without the linear part: cos of age, sin of date
    std::vector<float> alpha;              // of age and of date; empty: not known
    std::vector<float> ages, dates, event; // of every token: years, years, number of the event (-1: none)

    static QStringList names();
    // One answer of verb `state`; false for shapes that do not fit.
    bool take(const verbs::StateTensor& state);
    std::optional<double> ageOf(int token) const;
    std::optional<double> dateOf(int token) const;
};

// Those whose |frequency| differ most from each other, slowest first; all where there are no more than `count`.
std::vector<TimeWave> tellingWaves(std::span<const TimeWave> waves, int count);

} // namespace headlens
