// SPDX-License-Identifier: GPL-3.0-or-later
// Eigen-CAM (Muhammad and Yeasin 2020): the first principal component of the activations. The sign of a singular vector
// means nothing: it is turned so that the largest number is positive, as SegEigenCAM does and the published code does
// not.
#include "core/attribution/cam.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"

#include <ATen/ATen.h>

namespace headlens::methods {
namespace {

at::Tensor formula(const at::Tensor& z, const at::Tensor&)
{
    const at::Tensor tokens = z.flatten(1).t(), centred = tokens - tokens.mean(0, /*keepdim=*/true); // [n,C]
    const at::Tensor direction = std::get<2>(at::linalg_svd(centred, /*full_matrices=*/false))[0];
    const at::Tensor map = at::mv(centred, direction).view({z.size(1), z.size(2)});
    const bool turned = map.min().abs().item<double>() > map.max().abs().item<double>();
    return turned ? -map : map;
}

} // namespace

const Method eigenCam{
    camInfo(
        {.id = "eigen-cam",
         .title = HEADLENS_TEXT("Methods", "Eigen-CAM"),
         .says = HEADLENS_TEXT("Methods", "The first principal component of the activations (Muhammad and Yeasin "
                                          "2020); it knows no class"),
         .caption = HEADLENS_TEXT("Methods", "Eigen-CAM: the first principal component of the activations; it knows "
                                             "no class"),
         .formula = "(Z − mean) v₁, v₁ the first right singular vector",
         .source = "Muhammad and Yeasin 2020, arXiv 2008.00299"}),
    needsPictureScore,
    [](const Run& run, const verbs::MapQuestion& asked, const JobControl& control) {
        return camOf(eigenCam, formula, run, asked, control);
    },
    camCost};

} // namespace headlens::methods
