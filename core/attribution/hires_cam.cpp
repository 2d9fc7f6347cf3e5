// SPDX-License-Identifier: GPL-3.0-or-later
// HiResCAM (Draelos and Carin 2020): activations times gradient, patch by patch.
#include "core/attribution/cam.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"

#include <ATen/ATen.h>

namespace headlens::methods {
namespace {

at::Tensor formula(const at::Tensor& z, const at::Tensor& g)
{
    return (g * z).sum(0);
}

} // namespace

const Method hiResCam{
    camInfo("hires-cam", HEADLENS_TEXT("Methods", "HiResCAM"),
            HEADLENS_TEXT("Methods", "Activations times their gradient, patch by patch: every number counts where "
                                     "it stands (Draelos and Carin 2020)"),
            HEADLENS_TEXT("Methods", "HiResCAM for “%1”: activations times gradient, patch by patch")),
    needsPictureScore, [](const Run& run, const verbs::MapQuestion& asked, const JobControl& control) {
        return camOf(hiResCam, formula, run, asked, control);
    }};

} // namespace headlens::methods
