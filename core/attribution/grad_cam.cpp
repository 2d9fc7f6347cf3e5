// SPDX-License-Identifier: GPL-3.0-or-later
// Grad-CAM (Selvaraju and others 2017): channels weighted by the mean of their gradient.
#include "core/attribution/cam.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"

#include <ATen/ATen.h>

namespace headlens::methods {
namespace {

at::Tensor formula(const at::Tensor& z, const at::Tensor& g)
{
    return (g.mean({1, 2}, /*keepdim=*/true) * z).sum(0);
}

} // namespace

const Method gradCam{
    camInfo("grad-cam", HEADLENS_TEXT("Methods", "Grad-CAM"),
            HEADLENS_TEXT("Methods", "Every channel of the activations, weighted by the mean gradient of the "
                                     "score over all patches (Selvaraju and others 2017)"),
            HEADLENS_TEXT("Methods", "Grad-CAM for “%1”: channels weighted by their mean gradient")),
    needsPictureScore, [](const Run& run, const verbs::MapQuestion& asked, const JobControl& control) {
        return camOf(gradCam, formula, run, asked, control);
    }};

} // namespace headlens::methods
