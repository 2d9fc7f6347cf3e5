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
    camInfo({.id = "grad-cam",
             .title = HEADLENS_TEXT("Methods", "Grad-CAM"),
             .says = HEADLENS_TEXT("Methods", "Every channel of the activations, weighted by the mean gradient of the "
                                              "score over all patches (Selvaraju and others 2017)"),
             .caption = HEADLENS_TEXT("Methods", "Grad-CAM for “%1”: channels weighted by their mean gradient"),
             .formula = "Σ_c mean(∂y/∂Z_c) Z_c",
             .source = "Selvaraju and others 2017, arXiv 1610.02391"}),
    needsPictureScore,
    [](const Run& run, const verbs::MapQuestion& asked, const JobControl& control) {
        return camOf(gradCam, formula, run, asked, control);
    },
    camCost};

} // namespace headlens::methods
