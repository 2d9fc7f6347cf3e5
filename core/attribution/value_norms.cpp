// SPDX-License-Identifier: GPL-3.0-or-later
// Value-norm-weighted attention (Kobayashi and others 2020 and 2021; methods.md 4.12): a weight counts as much as what
// it brings along. f^h(x_j) is what head h would add to the residual if it looked at token j alone.
#include "core/attribution/grids.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"
#include "core/attribution/settings.h"
#include "core/base/error.h"
#include "core/nn/attention.h"
#include "core/session/forward_pass.h"
#include "core/session/run_tensors.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <utility>

namespace headlens::methods {
namespace {

struct Values {
    at::Tensor brought;  // f [H,T,D]
    at::Tensor residual; // what enters the block [T,D]
};

// The output projection is asked what it makes of the values of every head alone, and of nothing.
Values valuesOf(const Run& run, int layer, const JobControl& control)
{
    const std::int64_t heads = blockOf(run, layer).heads();
    Values found;
    at::Tensor values; // [1,T,H*d]
    Hooks hooks;
    hooks.scores = [&](int block, AttentionRecord& record) {
        if (block == layer) values = mergeHeads(repeatedHeads(record.v, heads));
    };
    hooks.activation = [&](HookPoint point, int block, const at::Tensor& x) {
        if (block != layer) return x;
        if (point == HookPoint::ResidualBefore) found.residual = x[0];
        if (point == HookPoint::AttentionOutput) found.brought = x.slice(0, 1) - x.slice(0, 0, 1);
        if (point != HookPoint::HeadOutputs) return x;
        at::Tensor alone = at::zeros({heads + 1, x.size(1), x.size(2)}, x.options());
        const std::int64_t size = x.size(2) / heads;
        for (std::int64_t h = 0; h < heads; ++h)
            alone[h + 1].slice(1, h * size, (h + 1) * size).copy_(values[0].slice(1, h * size, (h + 1) * size));
        return alone;
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

MethodResult valueNormsOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(valueNorms, asked);
    const auto layer = int(settings.place("layer", std::int64_t(run.tensors().result.trace.blocks.size())));
    const Values values = valuesOf(run, layer, control);
    const at::Tensor &f = values.brought, a = attentionMap(batchEntry(blockOf(run, layer), 0))[0]; // [H,T,D], [H,T,T]
    const at::Tensor norms = f.norm(2, -1);                                                        // [H,T]
    const at::Tensor gram = at::einsum("hjd,gjd->jhg", {f, f});                                    // of every token
    const at::Tensor whole = at::einsum("hij,jhg,gij->ij", {a, gram, a}).clamp_min(0).sqrt();
    const at::Tensor own = at::einsum("hi,hid->id", {a.diagonal(0, 1, 2), f});
    const at::Tensor others = (at::einsum("hij,hjd->id", {a, f}) - own).norm(2, -1);
    const at::Tensor kept = (own + values.residual).norm(2, -1);
    MethodResult result;
    result.parts = {
        {"norms", norms}, {"heads", a * norms.unsqueeze(1)}, {"layer", whole}, {"mixing", others / (others + kept)}};
    const at::Tensor row = whole[settings.place("query", whole.size(0))];
    result.streams = {row / row.sum()};
    return result;
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
    needsOneMap,
    valueNormsOf,
    [](const Run&, const verbs::MapQuestion&) {
        return MethodCost{1, 0};
    }};

} // namespace headlens::methods
