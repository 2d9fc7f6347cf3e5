// SPDX-License-Identifier: GPL-3.0-or-later
// Attention CAM: the baseline of Chefer, Gur and Wolf 2021 (methods.md 4.9).
#include "core/attribution/grids.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"
#include "core/attribution/reduced_maps.h"
#include "core/attribution/towers.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

namespace headlens::methods {
namespace {

struct LastBlock {
    at::Tensor map, gradient; // [H,T,T]; the gradient undefined where the score does not depend on it
};

// With a graph of that block alone where the run kept what enters it, else of all blocks.
LastBlock lastBlockOf(const ScoredModel& model, const SelfTower& tower)
{
    if (goesBlockByBlock(model.run()) && !tower.pool) {
        const BlockWalk::Block block = BlockWalk(model).next();
        return {block.map[0], block.gradient.defined() ? block.gradient[0] : at::Tensor()};
    }
    requireMapsFit(model.run());
    const MappedPass pass = passWithMaps(model);
    const at::Tensor& map = pass.maps[tower.blocks.back()];
    const at::Tensor gradient = gradientsOf(pass.score, {map}, model.control())[0];
    return {map.detach()[0], gradient.defined() ? gradient[0] : at::Tensor()};
}

MethodResult attentionCamOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const ScoredModel model(run, asked.score, control);
    const SelfTower tower = mainTower(run);
    const TokenStream& stream = run.tensors().result.trace.streams[std::size_t(tower.stream)];
    const std::int64_t patches = stream.gridHeight * stream.gridWidth, first = stream.tokens() - patches;
    const auto rowOfClass = [&](const at::Tensor& map) { return map.select(1, 0).slice(1, first); }; // [H,patches]
    const LastBlock last = lastBlockOf(model, tower);
    const at::Tensor row = rowOfClass(last.map);
    const at::Tensor weights = last.gradient.defined() ? rowOfClass(last.gradient).mean(1, /*keepdim=*/true)
                                                       : at::zeros({row.size(0), 1}, row.options()); // [H,1]
    MethodResult result;
    result.explained = model.said();
    result.map = (row * weights).mean(0).relu().view({stream.gridHeight, stream.gridWidth});
    result.parts["display"] = stretched(result.map);
    return result;
}

// Of the last block alone, or of all of them.
MethodCost attentionCamCost(const Run& run, const verbs::MapQuestion& asked)
{
    MethodCost cost = costOfMaps(run, asked);
    const double blocks = double(run.tensors().result.trace.blocks.size());
    return goesBlockByBlock(run) ? MethodCost{cost.passes / blocks, std::int64_t(double(cost.bytes) / blocks)} : cost;
}

// What reads the class token: a model that answers with a class or compares, not one that writes of all patches.
std::string needsClassTokenAndScore(const ModelFacts& model)
{
    if (model.prefixTokens.empty() || model.text.writes)
        return HEADLENS_TEXT("Methods", "open a model that reads its score from a class token of the picture");
    if (std::string why = needsTower(model); !why.empty()) return why;
    return needsPictureScore(model);
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
    needsClassTokenAndScore,
    attentionCamOf,
    attentionCamCost};

} // namespace headlens::methods
