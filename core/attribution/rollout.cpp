// SPDX-License-Identifier: GPL-3.0-or-later
// Attention roll-out (Abnar and Zuidema 2020).
#include "core/attribution/effective_map.h"
#include "core/attribution/grids.h"
#include "core/attribution/methods.h"
#include "core/attribution/mixing.h"
#include "core/attribution/needs.h"
#include "core/attribution/settings.h"
#include "core/base/error.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens::methods {
namespace {

// Later layers on the left: what every token of the last layer holds of those of the first [T,T].
at::Tensor product(const Trace& trace, const Settings& settings, std::int64_t start)
{
    const Sums sums = settings.value("variant") == "published" ? Sums::AsPublished : Sums::OfRow;
    at::Tensor all;
    for (std::size_t i = std::size_t(start); i < trace.blocks.size(); ++i) {
        const at::Tensor maps = attentionMap(batchEntry(trace.blocks[i], 0))[0].to(at::kDouble);
        const at::Tensor kept =
            withoutSmallest(fusedHeads(maps, settings.fusion()), settings.number("discard"), KeptEntry::First);
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

// Of windows the mean over the heads, through stages and merging, and over the last tokens, as the classifier takes it.
MethodResult throughWindows(const Trace& trace, const Settings& settings)
{
    if (settings.fusion() != HeadFusion::Mean || settings.number("discard") > 0 || settings.whole("start") != 0)
        throw Error(ErrorCode::BadRequest, "attention roll-out", "through windows has no settings",
                    "leave them as they are usually");
    const WindowGrid& first = *trace.blocks.front().windows;
    MethodResult result;
    const at::Tensor matrix = effectiveMatrix(trace, int(trace.blocks.size()) - 1);
    result.parts["matrix"] = matrix;
    setMap(result, matrix.mean(0).view({first.height, first.width}));
    return result;
}

MethodResult rolloutOf(const Run& run, const verbs::MapQuestion& asked, const JobControl&)
{
    const Settings settings(rollout, asked);
    const Trace& trace = run.tensors().result.trace;
    if (trace.blocks.front().windows) return throughWindows(trace, settings);
    const std::int64_t start = settings.place("start", std::int64_t(trace.blocks.size()));
    const at::Tensor matrix = product(trace, settings, start);
    MethodResult result;
    const at::Tensor row = matrix[settings.place("query", matrix.size(0))];
    result.streams = {row};
    result.parts["matrix"] = matrix;
    if (const at::Tensor map = patchesOf(row, trace.streams.front()); map.defined()) setMap(result, map);
    return result;
}

} // namespace

const Method rollout{
    {.id = "rollout",
     .title = HEADLENS_TEXT("Methods", "attention roll-out"),
     .says = HEADLENS_TEXT("Methods",
                           "The attention of all layers multiplied, half of every token carried along (Abnar and "
                           "Zuidema 2020); it knows no class"),
     .caption =
         HEADLENS_TEXT("Methods", "Attention roll-out: all layers multiplied, half of every token carried along"),
     .formula = "R = ∏_l rows((F_l + I) / 2), F = fused heads",
     .source = HEADLENS_TEXT("Methods", "Abnar and Zuidema 2020, arXiv 2005.00928; discard ratio: vit-explain"),
     .unit = "share",
     .over = "run",
     .settings = {kFusionSetting,
                  kDiscardSetting,
                  {"variant",
                   HEADLENS_TEXT("Methods", "Rows"),
                   {HEADLENS_TEXT("Methods", "corrected"), HEADLENS_TEXT("Methods", "published")},
                   0,
                   0,
                   "corrected"},
                  kStartSetting,
                  kQuerySetting}},
    needsOneSequence,
    rolloutOf};

} // namespace headlens::methods
