// SPDX-License-Identifier: GPL-3.0-or-later
// Attention CAM: the baseline of Chefer, Gur and Wolf 2021 (methods.md 4.9).
#include "core/attribution/grids.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"
#include "core/attribution/scored_model.h"

#include <ATen/ATen.h>

namespace headlens::methods {
namespace {

MethodResult attentionCamOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const ScoredModel model(run, asked.score, control);
    requireMapsFit(model.run());
    const MappedPass pass = passWithMaps(model);
    const TokenStream& stream = pictureStream(pass.result.trace);
    const std::int64_t patches = stream.gridHeight * stream.gridWidth, first = stream.tokens() - patches;
    const auto rowOfClass = [&](const at::Tensor& map) { return map[0].select(1, 0).slice(1, first); }; // [H,patches]
    const at::Tensor gradient = gradientsOf(pass.score, {pass.maps.back()})[0];
    const at::Tensor row = rowOfClass(pass.maps.back().detach());
    const at::Tensor weights = gradient.defined() ? rowOfClass(gradient).mean(1, /*keepdim=*/true)
                                                  : at::zeros({row.size(0), 1}, row.options()); // [H,1]
    MethodResult result;
    result.explained = model.said();
    result.map = (row * weights).mean(0).relu().view({stream.gridHeight, stream.gridWidth});
    result.parts["display"] = stretched(result.map);
    return result;
}

} // namespace

const Method attentionCam{
    {.id = "attention-cam",
     .title = HEADLENS_TEXT("Methods", "attention CAM"),
     .says = HEADLENS_TEXT("Methods", "Where the class token looks in the last block, each head weighted by the mean "
                                      "gradient of its attention (Chefer and others 2021)"),
     .caption = HEADLENS_TEXT("Methods", "Attention CAM for “%1”: heads of the last block weighted by their gradient"),
     .formula = "(E_h[ mean_p(∂y/∂A_0p) A_0 ])⁺ of the last block",
     .source = HEADLENS_TEXT("Methods", "Baseline of Chefer, Gur and Wolf 2021, arXiv 2012.09838"),
     .unit = "score",
     .over = "run",
     .ofScore = true,
     .needsGradients = true},
    needsClassToken,
    attentionCamOf,
    costOfMaps};

} // namespace headlens::methods
