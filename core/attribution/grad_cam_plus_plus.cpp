// SPDX-License-Identifier: GPL-3.0-or-later
// Grad-CAM++ (Chattopadhay and others 2018), with the powers of the gradient that its exponential score gives.
#include "core/attribution/cam.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"

#include <ATen/ATen.h>

namespace headlens::methods {
namespace {

at::Tensor formula(const at::Tensor& z, const at::Tensor& g)
{
    constexpr double kGuard = 1e-6;
    const at::Tensor square = g * g, sums = z.sum({1, 2}, /*keepdim=*/true);
    const at::Tensor share = square / (2 * square + sums * square * g + kGuard);
    const at::Tensor weights = (g.relu() * at::where(g != 0, share, at::zeros_like(g))).sum({1, 2}, true);
    return (weights * z).sum(0);
}

} // namespace

const Method gradCamPlusPlus{
    camInfo({.id = "grad-cam++",
             .title = HEADLENS_TEXT("Methods", "Grad-CAM++"),
             .says = HEADLENS_TEXT("Methods", "Grad-CAM with weights from powers of the gradient (Chattopadhay and "
                                              "others 2018); they are not free of scale on transformers"),
             .caption = HEADLENS_TEXT("Methods", "Grad-CAM++ for “%1”: channels weighted by powers of the gradient"),
             .formula = "Σ_c [Σ a_c ⊙ G_c⁺] Z_c, a = G² / (2 G² + ΣZ G³)",
             .source = "Chattopadhay and others 2018, arXiv 1710.11063"}),
    needsPictureScore,
    [](const Run& run, const verbs::MapQuestion& asked, const JobControl& control) {
        return camOf(gradCamPlusPlus, formula, run, asked, control);
    },
    camCost};

} // namespace headlens::methods
