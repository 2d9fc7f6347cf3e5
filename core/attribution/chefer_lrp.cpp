// SPDX-License-Identifier: GPL-3.0-or-later
// Transformer attribution (Chefer, Gur and Wolf, CVPR 2021): attention's gradient times its relevance by LRP, carried
// through the layers (methods.md 4.7). In float64: float32 is off by up to a tenth of the maximum on a real ViT.
#include "core/attribution/grids.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"
#include "core/attribution/reduced_maps.h"
#include "core/attribution/settings.h"
#include "core/session/memory.h"
#include "core/session/run_tensors.h"
#include "core/tensors/relevance_rules.h"

#include <ATen/ATen.h>

#include <functional>

namespace headlens::methods {
namespace {

constexpr std::int64_t kMostTokens = 64; // of maps that are written head by head

// Both ways, with the graph of one block at a time where that can be, beside a map [T,T] of every block.
MethodCost costOfBoth(const Run& run, const verbs::MapQuestion& asked)
{
    constexpr double kTwice = 2; // relevance, and gradients
    const MethodCost once = costOfMaps(run, asked);
    if (!goesBlockByBlock(run)) return {kTwice * once.passes, once.bytes};
    const Trace& trace = run.tensors().result.trace;
    const double blocks = double(trace.blocks.size()), tokens = double(trace.blocks.front().queries());
    return {kTwice * once.passes,
            std::int64_t(kTwice * double(once.bytes) / blocks + blocks * tokens * tokens * sizeof(double))};
}

// Of the map of one block [H,T,T]: its relevance, from 1 at the score, and the gradient of the score. Both are 0 where
// the score reads nothing of it.
using Visit = std::function<void(std::size_t block, const at::Tensor& relevance, const at::Tensor& gradient)>;

at::Tensor orZero(const at::Tensor& found, const at::Tensor& map)
{
    return found.defined() ? found[0] : at::zeros_like(map[0]);
}

// What the rules call between their steps: throws Error(Cancelled).
std::function<void()> askingWhether(const ScoredModel& model)
{
    return [silent = JobControl{model.control().cancelled, {}}] { silent.checkpoint({}); };
}

void allBlocksAtOnce(const ScoredModel& model, const Visit& visit)
{
    requireMapsFit(model.run());
    std::vector<at::Tensor> relevance;
    {
        const RelevanceRules rules(askingWhether(model));
        const MappedPass pass = passWithMaps(model);
        relevance = gradientsOf(pass.score, pass.maps, model.control());
    }
    const MappedPass pass = passWithMaps(model);
    const std::vector<at::Tensor> gradients = gradientsOf(pass.score, pass.maps, model.control());
    for (std::size_t i = 0; i < gradients.size(); ++i)
        visit(i, orZero(relevance[i], pass.maps[i].detach()), orZero(gradients[i], pass.maps[i].detach()));
}

// Out of the features that the run kept: the graph of one block at a time.
void blockByBlock(const ScoredModel& model, const Visit& visit)
{
    requireMemory(2 * std::uint64_t(costOfBoth(model.run(), {}).bytes), "running the model with gradients"); // float64
    BlockWalk byRules(model), plainly(model);
    while (!plainly.isDone()) {
        BlockWalk::Block relevant;
        {
            const RelevanceRules rules(askingWhether(model));
            relevant = byRules.next();
        }
        const BlockWalk::Block plain = plainly.next();
        visit(std::size_t(plain.number), orZero(relevant.gradient, plain.map), orZero(plain.gradient, plain.map));
    }
}

void eachBlock(const ScoredModel& model, const Visit& visit)
{
    goesBlockByBlock(model.run()) ? blockByBlock(model, visit) : allBlocksAtOnce(model, visit);
}

at::Tensor product(const std::vector<at::Tensor>& layers, std::int64_t start, bool normalised)
{
    at::Tensor all;
    for (std::size_t i = std::size_t(start); i < layers.size(); ++i) {
        const at::Tensor layer = normalised ? layers[i] / layers[i].sum(1, /*keepdim=*/true) : layers[i];
        all = all.defined() ? at::matmul(layer, all) : layer;
    }
    return all;
}

MethodResult cheferLrpOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(cheferLrp, asked);
    const bool bert = settings.value("variant") == "bert";
    const ScoredModel model(run, asked.score, control);
    const Trace& trace = run.tensors().result.trace;
    const std::int64_t start = settings.place("start", std::int64_t(trace.blocks.size()));
    std::vector<at::Tensor> layers(trace.blocks.size()); // I + mean over heads of (gradient x relevance)+ [T,T]
    MethodResult result;
    eachBlock(model, [&](std::size_t block, const at::Tensor& relevance, const at::Tensor& gradient) {
        layers[block] = at::eye(relevance.size(1), relevance.options()) + (gradient * relevance).relu().mean(0);
        if (relevance.size(1) <= kMostTokens) result.parts["relevance." + std::to_string(block)] = relevance;
    });
    at::Tensor row = product(layers, start, bert)[0].clone();
    if (bert) row[0].copy_(row.min());
    result.explained = model.said();
    result.streams = {row};
    if (const at::Tensor map = patchesOf(row, trace.streams.front()); map.defined()) {
        result.map = map;
        result.parts["display"] = stretched(map);
    }
    return result;
}

std::string needsRules(const ModelFacts& model)
{
    const std::string why = needsOneMap(model);
    return why.empty() ? needsGradient(model) : why;
}

} // namespace

const Method cheferLrp{
    {.id = "chefer-lrp",
     .title = HEADLENS_TEXT("Methods", "relevance by LRP"),
     .says = HEADLENS_TEXT("Methods", "Relevance handed back layer by layer (LRP), times the gradient of attention, "
                                      "carried through the layers (Chefer and others, CVPR 2021)"),
     .caption = HEADLENS_TEXT("Methods", "What “%1” rests on, by layer-wise relevance propagation (Chefer and others)"),
     .formula = "C = ∏_l (I + E_h[(∂y/∂A ⊙ R_A)⁺]), R_A by LRP",
     .source = HEADLENS_TEXT("Methods", "Chefer, Gur and Wolf 2021 (CVPR), arXiv 2012.09838"),
     .unit = "score",
     .over = "run",
     .ofScore = true,
     .needsGradients = true,
     .settings = {kStartSetting,
                  {"variant",
                   HEADLENS_TEXT("Methods", "As published for"),
                   {HEADLENS_TEXT("Methods", "vit"), HEADLENS_TEXT("Methods", "bert")},
                   0,
                   0,
                   "vit"},
                  {"precision", HEADLENS_TEXT("Methods", "Computed in"), {"float64"}, 0, 0, "float64"}}},
    needsRules,
    cheferLrpOf,
    costOfBoth};

} // namespace headlens::methods
