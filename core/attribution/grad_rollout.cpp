// SPDX-License-Identifier: GPL-3.0-or-later
// Gradient x attention roll-out, as vit-explain means it (methods.md 4.6).
#include "core/attribution/effective_map.h"
#include "core/attribution/grids.h"
#include "core/attribution/methods.h"
#include "core/attribution/mixing.h"
#include "core/attribution/needs.h"
#include "core/attribution/reduced_maps.h"
#include "core/attribution/settings.h"
#include "core/attribution/towers.h"
#include "core/base/error.h"

#include <ATen/ATen.h>

namespace headlens::methods {
namespace {

// relu(mean over heads of A x dy/dA), in float64 [windows,n,n]; of a block without windows there is one.
at::Tensor weighed(const at::Tensor& map, const at::Tensor& gradient)
{
    const at::Tensor exact = map.to(at::kDouble);
    return gradient.defined() ? (exact * gradient.to(at::kDouble)).mean(1).relu() : at::zeros_like(exact.select(1, 0));
}

// The layers of one tower multiplied, later ones on the left [T,T].
at::Tensor product(const ReducedMaps& maps, const SelfTower& tower, const Settings& settings)
{
    const Sums sums = settings.value("variant") == "axis" ? Sums::AsPublished : Sums::OfRow;
    at::Tensor all;
    for (const std::size_t block : tower.blocks) {
        const at::Tensor kept = withoutSmallest(maps.of[block][0], settings.number("discard"), KeptEntry::None);
        const at::Tensor layer = mixedWithSelf(kept, sums);
        all = all.defined() ? at::matmul(layer, all) : layer;
    }
    return all;
}

void setMap(MethodResult& result, const at::Tensor& map)
{
    result.map = map;
    result.parts["display"] = map / map.max();
}

// Windows as parts of the whole map, where all else is 0; the mean of the last tokens, which the classifier takes.
void throughWindows(MethodResult& result, const ReducedMaps& maps, const Settings& settings)
{
    if (settings.number("discard") > 0 || settings.value("variant") == "axis")
        throw Error(ErrorCode::BadRequest, "gradient roll-out", "through windows has no settings",
                    "leave them as they are usually");
    const WindowGrid& first = *maps.trace.blocks.front().windows;
    const at::Tensor matrix = effectiveMatrix(maps.trace, int(maps.trace.blocks.size()) - 1, [&](std::size_t block) {
        return StageMixing{mixedWithSelf(maps.of[block], Sums::OfRow), 1, false};
    });
    result.parts["matrix"] = matrix;
    setMap(result, matrix.mean(0).view({first.height, first.width}));
}

MethodResult gradRolloutOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(gradRollout, asked);
    const ScoredModel model(run, asked.score, control);
    constexpr std::int64_t kBytes = 24; // both and their product in float64
    const ReducedMaps maps = reducedMaps(model, {weighed, kBytes});
    MethodResult result;
    result.explained = model.said();
    result.explained.remark = maps.remark;
    if (maps.trace.blocks.front().windows) {
        throughWindows(result, maps, settings);
        return result;
    }
    const SelfTower tower = mainTower(run);
    const auto stream = std::size_t(tower.stream);
    const at::Tensor all = product(maps, tower, settings), row = all[usualRow(run, tower)];
    result.streams.resize(maps.trace.streams.size());
    result.streams[stream] = row;
    result.parts["matrix"] = all;
    if (const at::Tensor map = patchesOf(row, maps.trace.streams[stream]); map.defined()) setMap(result, map);
    return result;
}

// Windows, one sequence, or the towers of a model that compares: vit-explain reads the row of a class token.
std::string needsMapsWithGradient(const ModelFacts& model)
{
    std::string why = needsOneSequence(model);
    if (!why.empty() && model.text.compares) why = needsTower(model);
    return why.empty() ? needsGradient(model) : why;
}

} // namespace

const Method gradRollout{
    {.id = "grad-rollout",
     .title = HEADLENS_TEXT("Methods", "gradient roll-out"),
     .says = HEADLENS_TEXT("Methods", "Attention times its gradient, the layers multiplied (vit-explain): what is "
                                      "carried to the class token in favour of a score"),
     .caption = HEADLENS_TEXT("Methods", "Gradient roll-out for “%1”: attention times its gradient, layers multiplied"),
     .formula = "R = ∏_l rows((F_l + I) / 2), F = (E_h[A ⊙ ∂y/∂A])⁺",
     .source = HEADLENS_TEXT("Methods", "vit-explain (Gildenblat 2020), its three slips corrected"),
     .unit = "share",
     .over = "run",
     .ofScore = true,
     .needsGradients = true,
     .settings = {kDiscardSetting,
                  {"variant",
                   HEADLENS_TEXT("Methods", "Rows"),
                   {HEADLENS_TEXT("Methods", "corrected"), HEADLENS_TEXT("Methods", "axis")},
                   0,
                   0,
                   "corrected"}}},
    needsMapsWithGradient,
    gradRolloutOf,
    costOfReducedMaps};

} // namespace headlens::methods
