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

Sums sumsOf(const Settings& settings)
{
    return settings.value("variant") == "published" ? Sums::AsPublished : Sums::OfRow;
}

at::Tensor layerOf(const AttentionRecord& block, const Settings& settings)
{
    const at::Tensor maps = attentionMap(batchEntry(block, 0))[0].to(at::kDouble);
    return mixedWithSelf(
        withoutSmallest(fusedHeads(maps, settings.fusion()), settings.number("discard"), KeptEntry::First),
        sumsOf(settings));
}

struct Walk {
    const Trace& trace;
    const Settings& settings;
    const JobControl& control;
    std::int64_t start;
};

// Later layers on the left: what every token of the last layer holds of those of the first [T,T].
at::Tensor product(const Walk& walk)
{
    at::Tensor all;
    for (std::size_t i = std::size_t(walk.start); i < walk.trace.blocks.size(); ++i) {
        const at::Tensor layer = layerOf(walk.trace.blocks[i], walk.settings);
        all = all.defined() ? at::matmul(layer, all) : layer;
    }
    return all;
}

// Row `query` of it alone [T], from the last layer to the first: T^2 instead of T^3 steps a layer. The smallest entries
// of a layer are known only with all of it in memory, one layer at a time.
at::Tensor rowOfProduct(const Walk& walk, std::int64_t query)
{
    const auto blocks = std::int64_t(walk.trace.blocks.size());
    at::Tensor row = at::zeros({walk.trace.blocks.back().queries()}, at::kDouble);
    row[query] = 1;
    row = row.to(walk.trace.blocks.back().q.device());
    for (std::int64_t i = blocks - 1; i >= walk.start; --i) {
        const auto between = [&] { walk.control.checkpoint(int(blocks - 1 - i), int(blocks - walk.start), "map"); };
        const AttentionRecord& block = walk.trace.blocks[std::size_t(i)];
        between();
        row = walk.settings.number("discard") > 0
                  ? at::mv(layerOf(block, walk.settings).t(), row)
                  : throughMixed(block, row, walk.settings.fusion(), sumsOf(walk.settings), between);
    }
    return row;
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

MethodResult rolloutOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    constexpr std::int64_t kWhole = 1024; // tokens up to which the matrix costs next to nothing
    const Settings settings(rollout, asked);
    const Trace& trace = run.tensors().result.trace;
    if (trace.blocks.front().windows) return throughWindows(trace, settings);
    const std::int64_t start = settings.place("start", std::int64_t(trace.blocks.size()));
    const Walk walk{trace, settings, control, start};
    const std::int64_t tokens = trace.blocks.back().queries(), query = settings.place("query", tokens);
    MethodResult result;
    if (tokens <= kWhole) result.parts["matrix"] = product(walk);
    const at::Tensor row = tokens <= kWhole ? result.parts["matrix"][query] : rowOfProduct(walk, query);
    result.streams = {row};
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
