// SPDX-License-Identifier: GPL-3.0-or-later
// What became of the answers between two runs of one model: those that were or are the most probable, before and after.
// Plain.
#pragma once

#include "core/wire/verbs.h"

#include <QString>

#include <algorithm>
#include <optional>
#include <vector>

namespace headlens {

struct AnswerDifference {
    QString name;
    std::optional<double> before, after;    // shares; none: not among the most probable ones of that run
    double leastBefore = 0, leastAfter = 0; // what it had at most where it is not among them
    double difference() const { return after.value_or(leastAfter) - before.value_or(leastBefore); }
    bool isAtLeast() const { return !before; } // it grew by that much or more
    bool isAtMost() const { return !after; }
    // Of the difference what is certain: a bar of it claims no more than is known.
    double certain() const
    {
        if (isAtLeast()) return std::max(0.0, difference());
        return isAtMost() ? std::min(0.0, difference()) : difference();
    }
};

// The first `most` by what they have or had, largest first.
std::vector<AnswerDifference> answerDifferences(const verbs::InputInfo& before, const verbs::InputInfo& after,
                                                std::size_t most);

} // namespace headlens
