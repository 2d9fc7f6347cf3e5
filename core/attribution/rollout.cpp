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

// One tower, and what was asked of it.
struct Walk {
    const Run& run;
    const SelfTower& tower;
    const Settings& settings;
    const JobControl& control;

    std::size_t start() const { return std::size_t(settings.place("start", std::int64_t(tower.blocks.size()))); }
    Sums sums() const { return settings.value("variant") == "published" ? Sums::AsPublished : Sums::OfRow; }
    std::int64_t tokens() const { return blockOf(run, int(tower.blocks.back())).queries(); }
};

// One block, its heads fused and half of every token carried along [T,T].
at::Tensor layerOf(const Walk& walk, std::size_t block)
{
    const at::Tensor maps = mapsOf(walk.run, block).to(at::kDouble);
    return mixedWithSelf(
        withoutSmallest(fusedHeads(maps, walk.settings.fusion()), walk.settings.number("discard"), KeptEntry::First),
        walk.sums());
}

// Later layers on the left: what every token of the last layer holds of those of the first [T,T].
at::Tensor product(const Walk& walk)
{
    at::Tensor all;
    for (std::size_t i = walk.start(); i < walk.tower.blocks.size(); ++i) {
        const at::Tensor layer = layerOf(walk, walk.tower.blocks[i]);
        all = all.defined() ? at::matmul(layer, all) : layer;
    }
    return all;
}

// How much each token of the last layer is asked about [T]: the one that is chosen; without, what gathers all tokens,
// or the usual row.
at::Tensor askedOf(const Walk& walk)
{
    const Settings& settings = walk.settings;
    if (!settings.isGiven("query") && walk.tower.pool)
        return fusedHeads(mapsOf(walk.run, *walk.tower.pool).to(at::kDouble), settings.fusion())[0];
    at::Tensor asked = at::zeros({walk.tokens()}, at::kDouble);
    asked[settings.isGiven("query") ? settings.place("query", walk.tokens()) : usualRow(walk.run, walk.tower)] = 1;
    return asked.to(blockOf(walk.run, int(walk.tower.blocks.back())).q.device());
}

// asked [T] -> asked times the product [T], from the last layer to the first: T^2 instead of T^3 steps a layer. The
// smallest entries of a layer are known only with all of it in memory, one layer at a time.
at::Tensor walked(const Walk& walk, at::Tensor asked)
{
    const std::size_t blocks = walk.tower.blocks.size();
    for (std::size_t i = blocks; i-- > walk.start();) {
        const auto between = [&] { walk.control.checkpoint(int(blocks - 1 - i), int(blocks), "attribution"); };
        between();
        const std::size_t block = walk.tower.blocks[i];
        asked = walk.settings.number("discard") > 0
                    ? at::mv(layerOf(walk, block).t(), asked)
                    : throughMixed(blockOf(walk.run, int(block)), asked, walk.settings.fusion(), walk.sums(), between);
    }
    return asked;
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
    constexpr std::int64_t kWhole = 1024; // tokens up to which the matrix costs next to nothing
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
        const Walk walk{run, tower, settings, control};
        const bool isWhole = walk.tokens() <= kWhole;
        if (isWhole) result.parts[prefix + "matrix"] = product(walk);
        const at::Tensor row =
            isWhole ? at::mv(result.parts[prefix + "matrix"].t(), askedOf(walk)) : walked(walk, askedOf(walk));
        result.streams[std::size_t(tower.stream)] = row;
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
