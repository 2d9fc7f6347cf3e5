// SPDX-License-Identifier: GPL-3.0-or-later
// Raw attention of one block: the row of a query, of every head or of fused ones (methods.md 4.1, 4.2).
#include "core/attribution/grids.h"
#include "core/attribution/methods.h"
#include "core/attribution/mixing.h"
#include "core/attribution/settings.h"
#include "core/base/error.h"
#include "core/session/run_tensors.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens::methods {
namespace {

constexpr std::int64_t kMostMatrix = 1024; // tokens of a map that is written whole

void addMatrix(MethodResult& result, const AttentionRecord& block, HeadFusion fusion)
{
    if (block.windows || block.queries() > kMostMatrix || block.keys() > kMostMatrix) return;
    result.parts["matrix"] = fusedHeads(attentionMap(batchEntry(block, 0))[0], fusion);
}

// As asked; else the last block whose keys are patches: the last of all may be one of a text, which lies on no picture.
int layerOf(const Settings& settings, const Trace& trace)
{
    const std::vector<AttentionRecord>& blocks = trace.blocks;
    const auto hasPatches = [&](const AttentionRecord& block) {
        return trace.streams[std::size_t(block.keyStream)].gridHeight > 0;
    };
    const auto last = std::ranges::find_if(blocks.rbegin(), blocks.rend(), hasPatches);
    if (!settings.isGiven("layer") && last != blocks.rend()) return int(blocks.rend() - last) - 1;
    return int(settings.place("layer", std::int64_t(blocks.size())));
}

MethodResult attentionOf(const Run& run, const verbs::MapQuestion& asked, const JobControl&)
{
    const Settings settings(attention, asked);
    const int layer = layerOf(settings, run.tensors().result.trace);
    const AttentionRecord& block = blockOf(run, layer);
    const BlockMap map = mapOf(run, layer);
    const at::Tensor heads =
        tokenRow(block, map, settings.place("query", block.windows ? map.tokens() : block.queries()), false); // [H,T]
    const std::int64_t patches = std::int64_t(map.grid.rows) * map.grid.columns;
    const auto onGrid = [&](const at::Tensor& row) {
        return row.slice(-1, row.size(-1) - patches).reshape({-1, map.grid.rows, map.grid.columns});
    };
    MethodResult result;
    const bool single = settings.value("fusion") == "none";
    const at::Tensor shown = single ? heads.mean(0) : fusedHeads(heads, settings.fusion());
    result.streams.resize(std::size_t(block.keyStream) + 1);
    result.streams.back() = shown;
    if (single) result.parts["heads"] = heads;
    if (!single) addMatrix(result, block, settings.fusion());
    if (patches == 0) return result;
    result.map = onGrid(shown)[0];
    if (single) result.parts["maps"] = onGrid(heads);
    return result;
}

} // namespace

const Method attention{
    {.id = "attention",
     .title = HEADLENS_TEXT("Methods", "raw attention"),
     .says = HEADLENS_TEXT("Methods", "Where one token looks in one block: its attention, of all heads together; it "
                                      "knows no class"),
     .caption = HEADLENS_TEXT("Methods", "Attention of one token in one block, heads together"),
     .formula = "A_ij = softmax_j(q_i · k_j / √d)",
     .source = HEADLENS_TEXT("Methods", "Vaswani and others 2017, arXiv 1706.03762"),
     .unit = "share",
     .over = "run",
     .settings = {kLayerSetting,
                  kQuerySetting,
                  {"fusion",
                   HEADLENS_TEXT("Methods", "Heads"),
                   {"none", HEADLENS_TEXT("Methods", "mean"), HEADLENS_TEXT("Methods", "max"),
                    HEADLENS_TEXT("Methods", "min")},
                   0,
                   0,
                   "none"}}},
    nullptr,
    attentionOf};

} // namespace headlens::methods
