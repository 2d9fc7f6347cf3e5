// SPDX-License-Identifier: GPL-3.0-or-later
// The table of interventions: what is changed in a pass, and what becomes of the scores. Each is defined in a file of
// this folder as `const Method NAME{...}` of headlens::interventions; a new one is a file and a row here.
#pragma once

#include "core/attribution/method.h"

#include <vector>

#define HEADLENS_INTERVENTIONS(ROW)                                                                                    \
    ROW(ablateHead)                                                                                                    \
    ROW(scaleHead)                                                                                                     \
    ROW(maskPatch)                                                                                                     \
    ROW(cutEdges)                                                                                                      \
    ROW(patchHidden)                                                                                                   \
    ROW(sweepHeads)                                                                                                    \
    ROW(sweepLayers)                                                                                                   \
    ROW(sweepPatches)                                                                                                  \
    ROW(patchSweep)

namespace headlens {

namespace interventions {

#define HEADLENS_INTERVENTION_ROW(name) extern const Method name;
HEADLENS_INTERVENTIONS(HEADLENS_INTERVENTION_ROW)
#undef HEADLENS_INTERVENTION_ROW

} // namespace interventions

const std::vector<const Method*>& allInterventions();

} // namespace headlens
