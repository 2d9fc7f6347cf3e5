// SPDX-License-Identifier: GPL-3.0-or-later
// Transformer attribution (Chefer, Gur and Wolf, CVPR 2021): attention's gradient times its relevance by LRP, carried
// through the layers (methods.md 4.7). In float64: float32 is off by up to a tenth of the maximum on a real ViT.
#include "core/attribution/grids.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"
#include "core/attribution/scored_model.h"
#include "core/attribution/settings.h"
#include "core/tensors/relevance_rules.h"

#include <ATen/ATen.h>

namespace headlens::methods {
namespace {

constexpr std::int64_t kMostTokens = 64; // of maps that are written head by head

// Relevance of every map [H,T,T], from 1 at the score; undefined where it reads nothing of one.
std::vector<at::Tensor> relevanceOfMaps(const ScoredModel& model)
{
    const RelevanceRules rules;
    requireMapsFit(model.run());
    const MappedPass pass = passWithMaps(model);
    std::vector<at::Tensor> found = gradientsOf(pass.score, pass.maps);
    for (std::size_t i = 0; i < found.size(); ++i)
        found[i] = found[i].defined() ? found[i][0] : at::zeros_like(pass.maps[i][0]);
    return found;
}

// I + mean over heads of (gradient x relevance)+ of every block [T,T].
std::vector<at::Tensor> layersOf(const MappedPass& pass, const std::vector<at::Tensor>& relevance)
{
    const std::vector<at::Tensor> gradients = gradientsOf(pass.score, pass.maps);
    std::vector<at::Tensor> layers;
    for (std::size_t i = 0; i < relevance.size(); ++i) {
        const at::Tensor self = at::eye(relevance[i].size(1), relevance[i].options());
        layers.push_back(gradients[i].defined() ? self + (gradients[i][0] * relevance[i]).relu().mean(0) : self);
    }
    return layers;
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
    const std::vector<at::Tensor> relevance = relevanceOfMaps(model);
    requireMapsFit(model.run());
    const MappedPass pass = passWithMaps(model);
    const std::int64_t start = settings.place("start", std::int64_t(relevance.size()));
    at::Tensor row = product(layersOf(pass, relevance), start, bert)[0].clone();
    if (bert) row[0].copy_(row.min());
    MethodResult result;
    result.explained = model.said();
    result.streams = {row};
    for (std::size_t i = 0; i < relevance.size() && row.size(0) <= kMostTokens; ++i)
        result.parts["relevance." + std::to_string(i)] = relevance[i];
    if (const at::Tensor map = patchesOf(row, pass.result.trace.streams.front()); map.defined()) {
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
    [](const Run& run, const verbs::MapQuestion& asked) {
        constexpr double kTwice = 2; // relevance, and gradients
        const MethodCost once = costOfMaps(run, asked);
        return MethodCost{kTwice * once.passes, once.bytes};
    }};

} // namespace headlens::methods
