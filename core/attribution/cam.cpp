// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/cam.h"

#include "core/attribution/grids.h"
#include "core/attribution/scored_model.h"
#include "core/base/error.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <map>

namespace headlens {
namespace {

// Numbers of the blocks whose tokens are patches that look at each other, in execution order.
std::vector<int> pictureBlocks(const Trace& trace)
{
    std::vector<int> blocks;
    for (std::size_t i = 0; i < trace.blocks.size(); ++i) {
        const AttentionRecord& block = trace.blocks[i];
        const TokenStream& stream = trace.streams.at(std::size_t(block.queryStream));
        if (block.kind == AttentionKind::Self && stream.gridHeight > 0) blocks.push_back(int(i));
    }
    return blocks;
}

HookPoint pointFrom(const std::string& name)
{
    if (name == "norm1") return HookPoint::FirstNorm;
    return name == "norm2" ? HookPoint::SecondNorm : HookPoint::ResidualAfter;
}

// [1,N,C] -> [C,gh,gw] of the block's patches.
at::Tensor onGrid(const at::Tensor& tokens, const BlockMap& map)
{
    const std::int64_t patches = std::int64_t(map.grid.rows) * map.grid.columns;
    return tokens[0].slice(0, tokens.size(1) - patches).t().reshape({tokens.size(2), map.grid.rows, map.grid.columns});
}

struct CamLayer {
    int block;
    at::Tensor map; // before relu [gh,gw]
    bool isZero;    // the gradient is 0 everywhere
};

std::vector<CamLayer> layersOf(const ScoredModel& model, const std::vector<int>& blocks, HookPoint at,
                               CamFormula formula)
{
    std::map<int, at::Tensor> activations;
    Hooks hooks;
    hooks.looks = [&](HookPoint point, int block) {
        return point == at && std::ranges::find(blocks, block) != blocks.end();
    };
    hooks.activation = [&](HookPoint, int block, const at::Tensor& x) {
        return activations[block] = x.requires_grad() ? x : x.detach().requires_grad_();
    };
    PassOptions options;
    options.hooks = &hooks;
    const ForwardResult result = model.pass(options);
    std::vector<at::Tensor> wanted;
    for (const int block : blocks) wanted.push_back(activations.at(block));
    const std::vector<at::Tensor> gradients = gradientsOf(model.score(result), wanted, model.control());
    std::vector<CamLayer> layers;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const BlockMap map = mapOf(model.run(), blocks[i]);
        const at::Tensor z = onGrid(wanted[i].detach(), map);
        const at::Tensor g = gradients[i].defined() ? onGrid(gradients[i], map) : at::zeros_like(z);
        layers.push_back({blocks[i], formula(z, g), !g.any().item<bool>()});
    }
    return layers;
}

// relu, scaled, the mean over the layers, scaled again; with `enlarge` on the picture, else on the (common) grid.
at::Tensor joined(const std::vector<CamLayer>& layers, const at::Tensor& pixels, bool enlarge)
{
    std::vector<at::Tensor> scaled;
    for (const CamLayer& layer : layers) {
        const at::Tensor map = camScaled(layer.map.relu());
        scaled.push_back(enlarge ? enlarged(map, pixels.size(2), pixels.size(3)) : map);
    }
    return camScaled(at::stack(scaled).mean(0));
}

} // namespace

MethodResult camOf(const Method& method, CamFormula formula, const Run& run, const verbs::MapQuestion& asked,
                   const JobControl& control)
{
    const Settings settings(method, asked);
    pictureStream(run.tensors().result.trace); // throws where there is none
    const std::vector<int> known = pictureBlocks(run.tensors().result.trace);
    std::vector<int> blocks;
    for (const std::int64_t place : settings.places("layer", std::int64_t(known.size())))
        blocks.push_back(known[std::size_t(place)]);
    const ScoredModel model(run, asked.score, control);
    const std::vector<CamLayer> layers = layersOf(model, blocks, pointFrom(settings.value("at")), formula);
    MethodResult result;
    result.explained = model.said();
    result.map = layers.front().map;
    for (std::size_t i = 0; i < layers.size() && layers.size() > 1; ++i)
        result.parts["map." + std::to_string(i)] = layers[i].map;
    const bool alike =
        std::ranges::all_of(layers, [&](const CamLayer& one) { return one.map.sizes() == layers[0].map.sizes(); });
    if (alike) result.parts["display"] = joined(layers, model.input().pixels, false);
    result.parts["pixels"] = joined(layers, model.input().pixels, true);
    if (std::ranges::all_of(layers, &CamLayer::isZero))
        result.explained.remark =
            HEADLENS_TEXT("Methods", "The gradient is exactly zero at this place: the patches no longer reach the "
                                     "score. Choose the first norm, or an earlier block.");
    return result;
}

MethodCost camCost(const Run&, const verbs::MapQuestion&)
{
    constexpr double kPasses = 1.5; // back through the last block only, as usual
    return {kPasses, 0};
}

verbs::MethodInfo camInfo(verbs::MethodInfo own)
{
    Switch layers = kLayerSetting;
    layers.isList = true;
    own.unit = "score";
    own.over = "run";
    own.isSigned = own.ofScore = own.needsGradients = true;
    own.settings = {
        layers,
        {"at",
         HEADLENS_TEXT("Methods", "Activation"),
         {HEADLENS_TEXT("Methods", "norm1"), HEADLENS_TEXT("Methods", "norm2"), HEADLENS_TEXT("Methods", "output")},
         0,
         0,
         "norm1"}};
    return own;
}

} // namespace headlens
