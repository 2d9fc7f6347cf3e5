// SPDX-License-Identifier: GPL-3.0-or-later
// Gradient x attention roll-out, as vit-explain means it (methods.md 4.6).
#include "core/attribution/grids.h"
#include "core/attribution/methods.h"
#include "core/attribution/mixing.h"
#include "core/attribution/needs.h"
#include "core/attribution/reduced_maps.h"
#include "core/attribution/settings.h"

#include <ATen/ATen.h>

namespace headlens::methods {
namespace {

MethodResult gradRolloutOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(gradRollout, asked);
    const ScoredModel model(run, asked.score, control);
    constexpr std::int64_t kBytes = 24; // both and their product in float64
    const auto weigh = [](const at::Tensor& map, const at::Tensor& gradient) {
        const at::Tensor exact = map[0].to(at::kDouble);
        return gradient.defined() ? (exact * gradient[0].to(at::kDouble)).mean(0).relu() : at::zeros_like(exact[0]);
    };
    const ReducedMaps maps = reducedMaps(model, {weigh, kBytes});
    const Sums sums = settings.value("variant") == "axis" ? Sums::AsPublished : Sums::OfRow;
    at::Tensor all;
    for (const at::Tensor& weighted : maps.of) {
        const at::Tensor kept = withoutSmallest(weighted, settings.number("discard"), KeptEntry::None);
        const at::Tensor layer = mixedWithSelf(kept, sums);
        all = all.defined() ? at::matmul(layer, all) : layer;
    }
    MethodResult result;
    result.explained = model.said();
    result.explained.remark = maps.remark;
    const at::Tensor row = all[0];
    result.streams = {row};
    result.parts["matrix"] = all;
    if (const at::Tensor map = patchesOf(row, maps.trace.streams.front()); map.defined()) {
        result.map = map;
        result.parts["display"] = map / map.max();
    }
    return result;
}

std::string needsMapsWithGradient(const ModelFacts& model)
{
    const std::string why = needsOneMap(model);
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
