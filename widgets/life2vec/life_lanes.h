// SPDX-License-Identifier: GPL-3.0-or-later
// Where things lie on the axis of a life: lanes, ticks, months and pixels. Values only, any thread.
#pragma once

#include <vector>

namespace headlens {

struct CardSpan {
    double left = 0, right = 0; // pixels
};
// A lane for each card, so that cards of one lane do not touch: each takes the first that is free, from left to right.
std::vector<int> lanesOf(const std::vector<CardSpan>& cards, double gap);

struct LifeAxis {
    int low = 0, high = 12;       // months
    double left = 0, right = 100; // pixels

    double at(double month) const; // x
    int monthAt(double x) const;   // on the axis: the nearest one, beyond its ends the last
};
// From the year of birth to some years after the last event, so that there is room to move it.
LifeAxis axisOf(const std::vector<int>& months, double left, double right);

// Whole years between two ticks that lie at least `pixels` apart: 1, 2, 5, 10 ...
int yearsBetweenTicks(const LifeAxis& axis, double pixels);

} // namespace headlens
