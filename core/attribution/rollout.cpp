// SPDX-License-Identifier: GPL-3.0-or-later
// Attention roll-out (Abnar and Zuidema 2020).
#include "core/attribution/effective_map.h"
#include "core/attribution/grids.h"
#include "core/attribution/methods.h"
#include "core/attribution/mixing.h"
#include "core/attribution/needs.h"
#include "core/attribution/settings.h"
#include "core/attribution/towers.h"
#include "core/base/error.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens::methods {
namespace {

// Later layers on the left: what every token of the last layer holds of those of the first [T,T].
at::Tensor product(const Run& run, const SelfTower& tower, const Settings& settings)
{
    const Sums sums = settings.value("variant") == "published" ? Sums::AsPublished : Sums::OfRow;
    at::Tensor all;
    for (std::size_t i = std::size_t(settings.place("start", std::int64_t(tower.blocks.size())));
         i < tower.blocks.size(); ++i) {
        const at::Tensor maps = mapsOf(run, tower.blocks[i]).to(at::kDouble);
        const at::Tensor kept =
            withoutSmallest(fusedHeads(maps, settings.fusion()), settings.number("discard"), KeptEntry::First);
        const at::Tensor layer = mixedWithSelf(kept, sums);
        all = all.defined() ? at::matmul(layer, all) : layer;
    }
    return all;
}

// The row that is asked for; without, what gathers all tokens, or the usual row [T].
at::Tensor rowOf(const Run& run, const SelfTower& tower, const Settings& settings, const at::Tensor& matrix)
{
    if (settings.isGiven("query")) return matrix[settings.place("query", matrix.size(0))];
    if (!tower.pool) return matrix[usualRow(run, tower)];
    return at::matmul(fusedHeads(mapsOf(run, *tower.pool).to(at::kDouble), settings.fusion()), matrix)[0];
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

// What has to be said of it: the cross-attention that was not followed, or the future that no token sees.
std::string remarkOn(const Run& run, const std::vector<SelfTower>& towers)
{
    const auto reads = [](const AttentionRecord& block) { return block.kind == AttentionKind::Cross; };
    if (std::ranges::any_of(run.tensors().result.trace.blocks, reads))
        return HEADLENS_TEXT("Methods", "Of what is read alone: roll-out is not defined through cross-attention.");
    if (towers.front().isCausal)
        return HEADLENS_TEXT("Methods", "Tokens see only those before them: early ones gather the most, whatever they "
                                        "say.");
    return {};
}

MethodResult rolloutOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(rollout, asked);
    const Trace& trace = run.tensors().result.trace;
    if (trace.blocks.front().windows) return throughWindows(trace, settings);
    const std::vector<SelfTower> towers = selfTowers(run);
    const SelfTower main = mainTower(run); // throws where there is none
    MethodResult result;
    result.streams.resize(trace.streams.size());
    for (const SelfTower& tower : towers) {
        control.checkpoint(tower.stream, int(trace.streams.size()), "attribution");
        const std::string prefix = prefixOf(trace, tower.stream);
        const at::Tensor matrix = product(run, tower, settings), row = rowOf(run, tower, settings, matrix);
        result.streams[std::size_t(tower.stream)] = row;
        result.parts[prefix + "matrix"] = matrix;
        const at::Tensor map = patchesOf(row, trace.streams[std::size_t(tower.stream)]);
        if (map.defined() && tower.stream == main.stream) setMap(result, map);
    }
    result.explained.remark = remarkOn(run, towers);
    return result;
}

std::string needsSequences(const ModelFacts& model)
{
    return needsOneSequence(model).empty() ? "" : needsTower(model); // one of windows, or some without
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
    needsSequences,
    rolloutOf};

} // namespace headlens::methods
