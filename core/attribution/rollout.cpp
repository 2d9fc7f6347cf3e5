// SPDX-License-Identifier: GPL-3.0-or-later
// Attention roll-out (Abnar and Zuidema 2020).
#include "core/attribution/effective_map.h"
#include "core/attribution/methods.h"
#include "core/base/error.h"
#include "core/session/questions/heads.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens::methods {
namespace {

struct Choices {
    HeadFusion fusion;
    double discard;
    bool published;
    int start;
    std::int64_t query;
};

Choices choicesOf(const verbs::MapQuestion& asked)
{
    const std::vector<Switch>& known = rollout.info.settings;
    return {
        questions::fusionFrom(switchValue(known, asked.settings, "fusion")),
        switchNumber(known, asked.settings, "discard"), switchValue(known, asked.settings, "variant") == "published",
        int(switchNumber(known, asked.settings, "start")), std::int64_t(switchNumber(known, asked.settings, "query"))};
}

// [H,T,T] -> [T,T].
at::Tensor fused(const at::Tensor& maps, HeadFusion fusion)
{
    if (fusion == HeadFusion::Max) return std::get<0>(maps.max(0));
    if (fusion == HeadFusion::Min) return std::get<0>(maps.min(0));
    return maps.mean(0);
}

// The floor(share T^2) smallest entries become 0; that of the first token with itself stays.
void discardSmallest(at::Tensor& map, double share)
{
    const auto count = std::int64_t(share * double(map.numel()));
    if (count == 0) return;
    at::Tensor flat = map.view({-1});
    const at::Tensor kept = flat[0].clone();
    const at::Tensor smallest = std::get<1>(flat.topk(count, 0, /*largest=*/false));
    flat.index_fill_(0, smallest, 0);
    flat[0].copy_(kept);
}

// (F + I) / 2 with rows of sum 1. As vit-explain published it, column j is divided by the sum of row j.
at::Tensor mixing(at::Tensor map, const Choices& choices)
{
    discardSmallest(map, choices.discard);
    const at::Tensor mixed = (map + at::eye(map.size(0), map.options())) / 2;
    const at::Tensor sums = mixed.sum(1);
    return mixed / (choices.published ? sums.unsqueeze(0) : sums.unsqueeze(1));
}

// Later layers on the left: what every token of the last layer holds of those of the first [T,T].
at::Tensor product(const Trace& trace, const Choices& choices)
{
    at::Tensor all;
    for (std::size_t i = std::size_t(choices.start); i < trace.blocks.size(); ++i) {
        const AttentionRecord& block = trace.blocks[i];
        const at::Tensor layer =
            mixing(fused(attentionMap(batchEntry(block, 0))[0].to(at::kDouble), choices.fusion), choices);
        all = all.defined() ? at::matmul(layer, all) : layer;
    }
    return all.to(at::kFloat);
}

void setMap(MethodResult& result, const at::Tensor& map)
{
    result.map = map;
    result.parts["display"] = map / map.max();
}

// Of windows the mean over the heads, through stages and merging, and over the last tokens, as the classifier takes it.
MethodResult throughWindows(const Trace& trace, const Choices& choices)
{
    if (choices.fusion != HeadFusion::Mean || choices.discard > 0 || choices.start > 0)
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
    const Choices choices = choicesOf(asked);
    const Trace& trace = run.tensors().result.trace;
    if (trace.blocks.front().windows) return throughWindows(trace, choices);
    if (choices.start >= int(trace.blocks.size()))
        throw Error(ErrorCode::BadRequest, "start", "is behind the last block",
                    "choose one from 0 to " + std::to_string(trace.blocks.size() - 1));
    const at::Tensor matrix = product(trace, choices);
    if (choices.query >= matrix.size(0))
        throw Error(ErrorCode::BadRequest, "query", "is no token of this input",
                    "choose one from 0 to " + std::to_string(matrix.size(0) - 1));
    MethodResult result;
    const at::Tensor row = matrix[choices.query];
    result.streams = {row};
    result.parts["matrix"] = matrix;
    const TokenStream& stream = trace.streams.front();
    if (const std::int64_t patches = stream.gridHeight * stream.gridWidth; patches > 0)
        setMap(result, row.slice(0, row.size(0) - patches).view({stream.gridHeight, stream.gridWidth}));
    return result;
}

// One sequence that looks at itself, block after block.
std::string needsOneSequence(const ModelFacts& model)
{
    const bool one = std::ranges::all_of(model.blocks, [&](const BlockFacts& block) {
        return block.kind == AttentionKind::Self && block.tower == model.blocks.front().tower;
    });
    return one && !model.text.writes && !model.choosesTokens && model.maskRatio <= 0
               ? ""
               : HEADLENS_TEXT("Methods", "open an encoder: roll-out follows one sequence that looks at itself");
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
     .unit = "share",
     .over = "run",
     .settings = {{"fusion",
                   HEADLENS_TEXT("Methods", "Heads"),
                   {HEADLENS_TEXT("Methods", "mean"), HEADLENS_TEXT("Methods", "max"), HEADLENS_TEXT("Methods", "min")},
                   0,
                   0,
                   "mean"},
                  {"discard", HEADLENS_TEXT("Methods", "Share of the smallest weights left out"), {}, 0, 0.99, "0"},
                  {"variant",
                   HEADLENS_TEXT("Methods", "Rows"),
                   {HEADLENS_TEXT("Methods", "corrected"), HEADLENS_TEXT("Methods", "published")},
                   0,
                   0,
                   "corrected"},
                  {"start", HEADLENS_TEXT("Methods", "First block"), {}, 0, 99, "0"},
                  {"query", HEADLENS_TEXT("Methods", "Token"), {}, 0, 9999, "0"}}},
    needsOneSequence,
    rolloutOf};

} // namespace headlens::methods
