// SPDX-License-Identifier: GPL-3.0-or-later
// LayerCAM (Jiang and others 2021): activations times what of their gradient is positive.
#include "core/attribution/cam.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"

#include <ATen/ATen.h>

namespace headlens::methods {
namespace {

at::Tensor formula(const at::Tensor& z, const at::Tensor& g)
{
    return (g.relu() * z).sum(0);
}

} // namespace

const Method layerCam{
    camInfo({.id = "layer-cam",
             .title = HEADLENS_TEXT("Methods", "LayerCAM"),
             .says = HEADLENS_TEXT("Methods", "Activations times what of their gradient is positive, patch by patch "
                                              "(Jiang and others 2021)"),
             .caption = HEADLENS_TEXT("Methods", "LayerCAM for “%1”: activations times their positive gradient"),
             .formula = "Σ_c (∂y/∂Z_c)⁺ ⊙ Z_c",
             .source = "Jiang and others 2021, doi 10.1109/TIP.2021.3089943"}),
    needsPictureScore,
    [](const Run& run, const verbs::MapQuestion& asked, const JobControl& control) {
        return camOf(layerCam, formula, run, asked, control);
    },
    camCost};

} // namespace headlens::methods
