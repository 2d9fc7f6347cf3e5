// SPDX-License-Identifier: GPL-3.0-or-later
// XGrad-CAM (Fu and others 2020): channels weighted by gradient times activation over the sum of the activation.
#include "core/attribution/cam.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"

#include <ATen/ATen.h>

namespace headlens::methods {
namespace {

at::Tensor formula(const at::Tensor& z, const at::Tensor& g)
{
    constexpr double kGuard = 1e-7;
    const at::Tensor weights = (g * z).sum({1, 2}, true) / (z.sum({1, 2}, true) + kGuard);
    return (weights * z).sum(0);
}

} // namespace

const Method xGradCam{
    camInfo(
        {.id = "xgrad-cam",
         .title = HEADLENS_TEXT("Methods", "XGrad-CAM"),
         .says = HEADLENS_TEXT("Methods", "Channels weighted by gradient times activation (Fu and others 2020); it "
                                          "presumes activations that are not negative, which those of a transformer "
                                          "are: its weights may explode"),
         .caption = HEADLENS_TEXT("Methods", "XGrad-CAM for “%1”: made for activations that are never negative"),
         .formula = "Σ_c [Σ(G_c ⊙ Z_c) / Σ Z_c] Z_c",
         .source = "Fu and others 2020, arXiv 2008.02312"}),
    needsPictureScore,
    [](const Run& run, const verbs::MapQuestion& asked, const JobControl& control) {
        return camOf(xGradCam, formula, run, asked, control);
    },
    camCost};

} // namespace headlens::methods
