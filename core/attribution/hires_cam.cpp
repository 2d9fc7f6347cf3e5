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
    camInfo({.id = "hires-cam",
             .title = HEADLENS_TEXT("Methods", "HiResCAM"),
             .says = HEADLENS_TEXT("Methods", "Activations times their gradient, patch by patch: every number counts "
                                              "where it stands (Draelos and Carin 2020)"),
             .caption = HEADLENS_TEXT("Methods", "HiResCAM for “%1”: activations times gradient, patch by patch"),
             .formula = "Σ_c ∂y/∂Z_c ⊙ Z_c",
             .source = "Draelos and Carin 2020, arXiv 2011.08891"}),
    needsPictureScore,
    [](const Run& run, const verbs::MapQuestion& asked, const JobControl& control) {
        return camOf(hiResCam, formula, run, asked, control);
    },
    camCost};

} // namespace headlens::methods
