// SPDX-License-Identifier: GPL-3.0-or-later
// Value-norm-weighted attention (Kobayashi and others 2020 and 2021; methods.md 4.12): a weight counts as much as what
// it brings along. f^h(x_j) is what head h would add to the residual if it looked at token j alone.
#include "core/attribution/grids.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"
#include "core/attribution/settings.h"
#include "core/attribution/towers.h"
#include "core/base/error.h"
#include "core/nn/attention.h"
#include "core/session/forward_pass.h"
#include "core/session/run_tensors.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens::methods {
namespace {

struct Values {
    at::Tensor brought;  // f [H,T,D]
    at::Tensor residual; // what enters the block [T,D]
};

// The values of every head alone, and before them of none: [heads + 1 times windows,n,H*d] of values [windows,n,H*d].
at::Tensor eachAlone(const at::Tensor& values, std::int64_t heads)
{
    const std::int64_t size = values.size(2) / heads;
    at::Tensor alone = at::zeros({heads + 1, values.size(0), values.size(1), values.size(2)}, values.options());
    for (std::int64_t h = 0; h < heads; ++h)
        alone[h + 1].slice(2, h * size, (h + 1) * size).copy_(values.slice(2, h * size, (h + 1) * size));
    return alone.flatten(0, 1);
}

// The output projection is asked what it makes of the values of every head alone, and of nothing.
Values valuesOf(const Run& run, int layer, const JobControl& control)
{
    const std::int64_t heads = blockOf(run, layer).heads();
    Values found;
    at::Tensor values; // [1,T,H*d], or of every window [windows,n,H*d]
    Hooks hooks;
    hooks.scores = [&](int block, AttentionRecord& record) {
        if (block == layer) values = mergeHeads(repeatedHeads(record.v, heads));
    };
    hooks.activation = [&](HookPoint point, int block, const at::Tensor& x) {
        if (block != layer) return x;
        if (point == HookPoint::ResidualBefore) found.residual = x[0];
        if (point == HookPoint::AttentionOutput) found.brought = x.slice(0, 1) - x.slice(0, 0, 1);
        return point == HookPoint::HeadOutputs ? eachAlone(values, heads) : x;
    };
    ForwardOptions options = optionsOf(run.request);
    options.keep = {.attention = true, .hidden = false, .values = true, .firstText = false};
    options.vocabularyScores = false;
    options.hooks = &hooks;
    options.lastBlock = layer;
    run.model().transformer().run(onDevice(run.model(), firstOfBatch(run.tensors().in)), options, control);
    if (!found.brought.defined())
        throw Error(ErrorCode::BadRequest, "value norms", "are not known of this block", "choose another method");
    return found;
}

struct Weighted {
    at::Tensor whole;  // || sum over heads of A f || [n,n]
    at::Tensor mixing; // [n]: the share of the others in what leaves the attention, the residual included
};

// Of tokens that look at each other: `a` [H,n,n], `f` [H,n,D], `residual` [n,D].
Weighted weighted(const at::Tensor& a, const at::Tensor& f, const at::Tensor& residual)
{
    const at::Tensor gram = at::einsum("hjd,gjd->jhg", {f, f}); // of every token
    const at::Tensor own = at::einsum("hi,hid->id", {a.diagonal(0, 1, 2), f});
    const at::Tensor others = (at::einsum("hij,hjd->id", {a, f}) - own).norm(2, -1);
    return {at::einsum("hij,jhg,gij->ij", {a, gram, a}).clamp_min(0).sqrt(),
            others / (others + (own + residual).norm(2, -1))};
}

// The real tokens of one window: their places in it, and on the map.
struct WindowTokens {
    at::Tensor inner, cells; // [n] int64
};

WindowTokens tokensOf(const WindowGrid& grid, int window, const at::Tensor& like)
{
    std::vector<std::int64_t> inner, cells;
    for (int i = 0; i < grid.tokensPerWindow(); ++i) {
        const Cell cell = grid.cellOf({window, i});
        if (!grid.isReal(cell)) continue;
        inner.push_back(i);
        cells.push_back(std::int64_t(cell.y) * grid.width + cell.x);
    }
    const auto index = [&](const std::vector<std::int64_t>& of) {
        return at::tensor(of, at::TensorOptions(at::kLong)).to(like.device());
    };
    return {index(inner), index(cells)};
}

// Window by window; the row of `query` is 0 outside its own. What padding brings is left out.
void throughWindows(MethodResult& result, const AttentionRecord& block, const Values& values, std::int64_t query)
{
    const WindowGrid& grid = *block.windows;
    at::Tensor row = at::zeros({values.residual.size(0)}, values.residual.options()), mixing = at::zeros_like(row);
    for (int window = 0; window < grid.windows(); ++window) {
        const WindowTokens tokens = tokensOf(grid, window, row);
        const at::Tensor a =
            attentionMap(batchEntry(block, window))[0].index_select(1, tokens.inner).index_select(2, tokens.inner);
        const Weighted found =
            weighted(a, values.brought.index_select(1, tokens.cells), values.residual.index_select(0, tokens.cells));
        mixing.index_copy_(0, tokens.cells, found.mixing);
        const at::Tensor own = (tokens.cells == query).nonzero();
        if (own.numel() > 0) row.index_copy_(0, tokens.cells, found.whole[own[0][0].item<std::int64_t>()]);
    }
    result.parts["mixing"] = mixing;
    row = row / row.sum();
    result.streams = {row};
    result.map = row.view({grid.height, grid.width});
}

// As asked; else the last block of the picture, or of the first sequence that looks at itself.
int layerOf(const Run& run, const Settings& settings)
{
    const auto& blocks = run.tensors().result.trace.blocks;
    const auto layer =
        int(settings.isGiven("layer") || blocks.front().windows ? settings.place("layer", std::int64_t(blocks.size()))
                                                                : std::int64_t(mainTower(run).blocks.back()));
    const auto isOf = [layer](const SelfTower& tower) {
        return std::ranges::find(tower.blocks, std::size_t(layer)) != tower.blocks.end();
    };
    if (!blocks.front().windows && std::ranges::none_of(selfTowers(run), isOf))
        throw Error(ErrorCode::BadRequest, "block " + std::to_string(layer), "looks at another sequence as well",
                    "choose a block of a sequence that looks at itself alone");
    return layer;
}

// The row that speaks for the tower of this block.
std::int64_t usualQuery(const Run& run, int layer)
{
    for (const SelfTower& tower : selfTowers(run))
        if (std::ranges::find(tower.blocks, std::size_t(layer)) != tower.blocks.end()) return usualRow(run, tower);
    return 0;
}

MethodResult valueNormsOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(valueNorms, asked);
    const int layer = layerOf(run, settings);
    const AttentionRecord& block = blockOf(run, layer);
    const Values values = valuesOf(run, layer, control);
    const std::int64_t query =
        settings.isGiven("query") ? settings.place("query", values.residual.size(0)) : usualQuery(run, layer);
    MethodResult result;
    const at::Tensor norms = values.brought.norm(2, -1); // [H,T]
    result.parts["norms"] = norms;
    if (block.windows) {
        throughWindows(result, block, values, query);
        return result;
    }
    const at::Tensor a = attentionMap(batchEntry(block, 0))[0]; // [H,T,T]
    const Weighted found = weighted(a, values.brought, values.residual);
    result.parts["heads"] = a * norms.unsqueeze(1);
    result.parts["layer"] = found.whole;
    result.parts["mixing"] = found.mixing;
    const at::Tensor row = found.whole[query];
    result.streams.resize(run.tensors().result.trace.streams.size());
    result.streams[std::size_t(block.queryStream)] = row / row.sum();
    return result;
}

std::string needsValues(const ModelFacts& model)
{
    const bool windowed =
        std::ranges::any_of(model.blocks, [](const BlockFacts& block) { return block.windowTokens > 0; });
    if (!windowed) return needsTower(model);
    return model.architecture == "Swin v2"
               ? HEADLENS_TEXT("Methods", "open a Swin of version 1: version 2 norms what its heads add together, so "
                                          "that none adds anything by itself")
               : needsOneSequence(model);
}

} // namespace

const Method valueNorms{
    {.id = "value-norms",
     .title = HEADLENS_TEXT("Methods", "attention weighted by values"),
     .says = HEADLENS_TEXT("Methods", "How much every token brings to another one: its weight times the length of what "
                                      "it adds (Kobayashi and others 2020); a large weight on nothing is nothing"),
     .caption = HEADLENS_TEXT("Methods", "Attention of one token in one block, weighted by the norm of what is added"),
     .formula = "‖ Σ_h A^h_ij f^h(x_j) ‖, f^h(x) = (x W_V + b_V) W_O",
     .source = HEADLENS_TEXT("Methods", "Kobayashi and others 2020, arXiv 2004.10102"),
     .unit = "share",
     .over = "run",
     .settings = {kLayerSetting, kQuerySetting}},
    needsValues,
    valueNormsOf,
    [](const Run&, const verbs::MapQuestion&) {
        return MethodCost{1, 0};
    }};

} // namespace headlens::methods
