// SPDX-License-Identifier: GPL-3.0-or-later
// The question that works a set of inputs off before a change asks for its means (core/wire/changes.h).
#pragma once

#include "core/wire/verbs_input.h"

#include <string>

namespace headlens::verbs {

// average_set {path, with, most} -> AveragedSet: runs the next `most` inputs of the set and keeps their means with the
// open model. The shown run stays. Few inputs a question: what else is asked waits for them.
struct AverageSet {
    std::string path; // on the engine's machine: a folder of pictures, or a text file with a text a line
    SetInput with;    // what stands beside each of them; its changes do not count
    int most = 2;
};
HEADLENS_WIRE_TYPE(AverageSet)
struct AveragedSet {
    int total = 0, done = 0; // inputs; with those that failed
    int failed = 0;          // of them
    std::string failure;     // why the first of these did
};
HEADLENS_WIRE_TYPE(AveragedSet)
inline constexpr Question<AverageSet, AveragedSet> kAverageSet{"average_set"};

} // namespace headlens::verbs
