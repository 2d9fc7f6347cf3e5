// SPDX-License-Identifier: GPL-3.0-or-later
// The table of measures: numbers of heads, layers and maps rather than maps to look at. Each is defined in a file of
// this folder as `const Method NAME{...}` of headlens::measures; a new one is a file and a row here.
#pragma once

#include "core/attribution/method.h"

#include <vector>

#define HEADLENS_MEASURES(ROW)                                                                                         \
    ROW(headEntropy)                                                                                                   \
    ROW(headStatistics)                                                                                                \
    ROW(headSimilarity)                                                                                                \
    ROW(tokenNorms)                                                                                                    \
    ROW(tokenSimilarity)                                                                                               \
    ROW(attentionDistance)                                                                                             \
    ROW(cka)                                                                                                           \
    ROW(logitLens)                                                                                                     \
    ROW(deletionInsertion)                                                                                             \
    ROW(directLogit)

namespace headlens {

namespace measures {

#define HEADLENS_MEASURE_ROW(name) extern const Method name;
HEADLENS_MEASURES(HEADLENS_MEASURE_ROW)
#undef HEADLENS_MEASURE_ROW

} // namespace measures

const std::vector<const Method*>& allMeasures();

} // namespace headlens
