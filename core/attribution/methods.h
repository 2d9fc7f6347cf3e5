// SPDX-License-Identifier: GPL-3.0-or-later
// The table of methods. Each is defined in a file of this folder as `const Method NAME{...}` of headlens::methods.
#pragma once

#include "core/attribution/method.h"

// In the order of the window's list.
#define HEADLENS_METHODS(ROW)                                                                                          \
    ROW(received)                                                                                                      \
    ROW(entropy)                                                                                                       \
    ROW(distance)                                                                                                      \
    ROW(effective)                                                                                                     \
    ROW(similarity)                                                                                                    \
    ROW(relevance)                                                                                                     \
    ROW(cheferLrp)                                                                                                     \
    ROW(attention)                                                                                                     \
    ROW(rollout)                                                                                                       \
    ROW(attentionFlow)                                                                                                 \
    ROW(gradRollout)                                                                                                   \
    ROW(attentionCam)                                                                                                  \
    ROW(gradCam)                                                                                                       \
    ROW(gradCamPlusPlus)                                                                                               \
    ROW(hiResCam)                                                                                                      \
    ROW(layerCam)                                                                                                      \
    ROW(xGradCam)                                                                                                      \
    ROW(eigenCam)                                                                                                      \
    ROW(gradientXInput)                                                                                                \
    ROW(smoothGrad)                                                                                                    \
    ROW(integratedGradients)                                                                                           \
    ROW(patchAblation)                                                                                                 \
    ROW(occlusion)                                                                                                     \
    ROW(valueNorms)                                                                                                    \
    ROW(random)

namespace headlens::methods {

#define HEADLENS_METHOD_ROW(name) extern const Method name;
HEADLENS_METHODS(HEADLENS_METHOD_ROW)
#undef HEADLENS_METHOD_ROW

} // namespace headlens::methods
