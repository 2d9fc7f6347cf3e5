// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/zoo/flamingo_network.h"

#include "core/nn/mask.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

// Streams of the trace: patches of all pictures, latents, latents with patches (what the resampler reads), text.
enum Streams : int { kPatches, kLatents, kRead, kText };

// 1 where row r and column c belong to the same picture of `n`: [n*rows, n*columns].
at::Tensor samePicture(std::int64_t n, std::int64_t rows, std::int64_t columns, const at::TensorOptions& like)
{
    const at::Tensor row = at::arange(n * rows, like.dtype(at::kLong)).floor_divide(rows),
                     column = at::arange(n * columns, like.dtype(at::kLong)).floor_divide(columns);
    return row.unsqueeze(1) == column.unsqueeze(0);
}

} // namespace

FlamingoNetwork::FlamingoNetwork(const FlamingoConfig& config)
    : m_config(config), m_vision(config.vision), m_text(config.text), m_resampler(std::size_t(config.resamplerLayers)),
      m_bridge(std::size_t(config.text.layers))
{
    m_resampled.eps = config.eps;
    for (auto* layers : {&m_resampler, &m_bridge})
        for (GatedCrossAttention& layer : *layers)
            layer.queryNorm.eps = layer.keyNorm.eps = layer.mlpNorm.eps = config.eps;
}

void FlamingoNetwork::visitLayer(GatedCrossAttention& layer, std::int64_t readWidth, bool gated, const Weights& weights)
{
    const std::int64_t d = m_config.text.width;
    weights.norm("query_norm", layer.queryNorm, d);
    if (!gated) weights.norm("key_norm", layer.keyNorm, readWidth);
    weights.linear("query", layer.attention.query, d, d);
    weights.linear("key", layer.attention.key, d, readWidth);
    weights.linear("value", layer.attention.value, d, readWidth);
    weights.linear("output", layer.attention.output, d, d);
    weights.norm("mlp_norm", layer.mlpNorm, d);
    weights.linear("up", layer.mlp.up, 4 * d, d);
    weights.linear("down", layer.mlp.down, d, 4 * d);
    if (!gated) return;
    weights("attention_gate", layer.attentionGate, {1});
    weights("mlp_gate", layer.mlpGate, {1});
}

void FlamingoNetwork::visit(const Weights& weights)
{
    const std::int64_t d = m_config.text.width;
    const Weights resampler = weights.in("resampler"), bridge = weights.in("bridge.layer");
    m_vision.visit(weights.in("vision"));
    resampler("latents", m_latents, {m_config.latents, d});
    for (std::size_t i = 0; i < m_resampler.size(); ++i)
        visitLayer(m_resampler[i], d, false, resampler.in("layer." + std::to_string(i)));
    resampler.norm("norm", m_resampled, d);
    for (std::size_t i = 0; i < m_bridge.size(); ++i) visitLayer(m_bridge[i], d, true, bridge.in(std::to_string(i)));
    m_text.visit(weights);
}

std::vector<double> FlamingoNetwork::gates() const
{
    std::vector<double> all;
    for (const GatedCrossAttention& layer : m_bridge)
        for (const at::Tensor& gate : {layer.attentionGate, layer.mlpGate})
            all.push_back(gate.is_meta() ? 0 : std::tanh(gate.item<double>()));
    return all;
}

at::Tensor FlamingoNetwork::see(const at::Tensor& pixels, const FlamingoPass& pass) const
{
    const std::int64_t side = pixels.size(2), pictures = pixels.size(3) / side, grid = side / m_config.vision.patch;
    const at::Tensor each = pixels.slice(3, 0, pictures * side)
                                .reshape({pixels.size(0), pixels.size(1), side, pictures, side})
                                .permute({0, 3, 1, 2, 4})
                                .reshape({-1, pixels.size(1), side, side});
    PassOptions seeing = pass;
    seeing.keep = {.attention = pass.trace != nullptr, .hidden = false, .values = pass.keep.values};
    auto encoded = m_vision.encode(each, pass.control != nullptr ? *pass.control : JobControl{}, seeing);
    if (pass.trace == nullptr) return encoded.normed;
    const WindowGrid windows{int(grid), int(grid * pictures), int(grid), int(grid)};
    for (AttentionRecord& record : encoded.trace.blocks) {
        record.windows = windows; // every picture looks at itself only
        record.cell = m_config.vision.patch;
        record.tower = "vision";
        pass.take(std::move(record));
    }
    const std::int64_t latents = m_config.latents;
    pass.trace->streams = {
        {"vision", 0, 0, grid, grid * pictures, m_config.vision.patch},
        {"latents", 0, pictures * latents, 0, 0}, // no patches: nothing to lay over the picture
        {"latents and patches", 0, pictures * latents, grid, grid * pictures, m_config.vision.patch}};
    return encoded.normed;
}

void FlamingoNetwork::rememberResampled(AttentionRecord seen, std::int64_t pictures, const FlamingoPass& pass) const
{
    const std::int64_t latents = m_config.latents, grid = m_config.vision.gridHeight(), heads = m_config.heads,
                       d = seen.q.size(3);
    const auto inLine = [&](const at::Tensor& part) { // [n,H,m,d] -> [1,H,n*m,d]
        return part.transpose(0, 1).reshape({1, heads, -1, d});
    };
    const at::Tensor strip = seen.k.slice(2, latents)
                                 .reshape({pictures, heads, grid, grid, d})
                                 .permute({1, 2, 0, 3, 4})
                                 .reshape({1, heads, -1, d});
    AttentionRecord record{inLine(seen.q), at::cat({inLine(seen.k.slice(2, 0, latents)), strip}, 2), seen.scale};
    const at::Tensor columns = at::arange(grid * grid * pictures, at::kLong).remainder(grid * pictures);
    const at::Tensor rows = at::arange(pictures * latents, at::kLong).floor_divide(latents).unsqueeze(1);
    const at::Tensor allowed = at::cat(
        {samePicture(pictures, latents, latents, at::TensorOptions()), columns.floor_divide(grid).unsqueeze(0) == rows},
        1);
    record.mask = forbidding(allowed).view({1, 1, pictures * latents, -1}).to(seen.q.device());
    record.tower = "resampler";
    record.kind = AttentionKind::Cross;
    record.queryStream = kLatents;
    record.keyStream = kRead;
    pass.take(std::move(record));
}

at::Tensor FlamingoNetwork::resample(const at::Tensor& patches, std::int64_t pictures, const FlamingoPass& pass) const
{
    const std::int64_t all = patches.size(0), batch = all / pictures;
    at::Tensor x = m_latents.unsqueeze(0).expand({all, -1, -1});
    Pass inner = pass;
    inner.trace = nullptr; // of every picture apart; one map over all of them is kept instead
    for (std::size_t i = 0; i < m_resampler.size(); ++i) {
        const GatedCrossAttention& layer = m_resampler[i];
        AttentionCall call;
        call.x = layer.queryNorm(x);
        call.source = at::cat({call.x, layer.keyNorm(patches)}, 1);
        call.heads = m_config.heads;
        call.block = int(m_config.vision.layers) + int(i);
        call.record.scale = -1;
        call.mix = [&](const AttentionRecord& record, const at::Tensor& value) {
            if (pass.keepsAttention() && batch == 1) rememberResampled(record, pictures, pass);
            return mixedPlainly(record, value);
        };
        x = x + layer.attention.output(attended(layer.attention, std::move(call), inner));
        x = layer.mlp.down(layer.mlp.up(layer.mlpNorm(x), {.activation = Activation::Gelu}), {.added = x});
    }
    return m_resampled(x).reshape({batch, pictures * m_config.latents, -1});
}

at::Tensor FlamingoNetwork::bridged(std::size_t index, const at::Tensor& x, const at::Tensor& latents,
                                    const at::Tensor& pictureOf, const FlamingoPass& pass) const
{
    const GatedCrossAttention& layer = m_bridge[index];
    const auto gate = [&](std::size_t place, const at::Tensor& trained) {
        return pass.gates.empty() ? at::tanh(trained) : at::full({1}, pass.gates.at(2 * index + place), x.options());
    };
    // Token t looks at the latents of the picture that was named last before it.
    const at::Tensor owner = at::arange(latents.size(1), pictureOf.options()).floor_divide(m_config.latents) + 1;
    const at::Tensor allowed = pictureOf.unsqueeze(-1) == owner.view({1, 1, -1}); // [B,T,n*R]
    const at::Tensor valid = allowed.any(-1);                                     // [B,T]
    AttentionCall call;
    call.x = layer.queryNorm(x);
    call.source = latents;
    call.heads = m_config.heads;
    call.block = firstTextBlock() + 2 * int(index);
    call.record.scale = -1;
    call.record.mask = forbidding(allowed).unsqueeze(1);
    call.record.rowValid = valid;
    call.record.kind = AttentionKind::Cross;
    call.record.queryStream = kText;
    call.record.keyStream = kLatents;
    call.mix = mixedPlainly;
    const at::Tensor mixed = attended(layer.attention, std::move(call), pass);
    // Without a picture the softmax of nothing but forbidden keys would be uniform: a leak. The row is 0 instead.
    const at::Tensor heard = layer.attention.output(mixed) * valid.unsqueeze(-1).to(x.scalar_type());
    const at::Tensor y = x + gate(0, layer.attentionGate) * heard;
    const at::Tensor inner = layer.mlp.down(layer.mlp.up(layer.mlpNorm(y), {.activation = Activation::Gelu}));
    return y + gate(1, layer.mlpGate) * inner;
}

at::Tensor FlamingoNetwork::read(const at::Tensor& ids, const at::Tensor& latents, const FlamingoPass& pass) const
{
    StackPass inner;
    static_cast<Pass&>(inner) = pass;
    inner.mask = pass.mask;
    inner.stream = pass.trace != nullptr ? kText : 0;
    inner.memoryStream = kLatents;
    inner.firstBlock = firstTextBlock();
    inner.total = firstTextBlock() + 2 * int(m_config.text.layers);
    if (latents.defined()) {
        const at::Tensor pictureOf = (ids == m_config.imageToken).to(at::kLong).cumsum(1);
        inner.extraBlocks.assign(std::size_t(m_config.text.layers), 1);
        inner.before = [this, latents, pictureOf, &pass](int layer, int /*block*/, const at::Tensor& x) {
            return bridged(std::size_t(layer), x, latents, pictureOf, pass);
        };
    }
    const at::Tensor x = m_text.run(m_text.embed(ids), inner);
    if (pass.trace != nullptr) pass.trace->streams.push_back({"text", ids.size(1), 0, 0, 0});
    if (pass.keepsAttention() && latents.defined() && ids.size(0) == 1) rememberComposed(*pass.trace);
    return x;
}

// Words to patches: each word's map over latents times what the last layer of the resampler, its heads averaged, shows
// the latents of the patches. What latents heard of latents, what earlier layers brought and the residual stream are
// left out, so rows sum to less than 1.
void FlamingoNetwork::rememberComposed(Trace& trace) const
{
    const auto last = std::find_if(trace.blocks.rbegin(), trace.blocks.rend(),
                                   [](const AttentionRecord& any) { return any.tower == "resampler"; });
    if (last == trace.blocks.rend()) return;
    const at::Tensor read = attentionRows(*last, 0, last->queries()).mean(1); // [1,n*R,n*R+P]
    const at::Tensor patches = read.slice(2, last->queries());
    std::vector<AttentionRecord> composed;
    for (const AttentionRecord& record : trace.blocks) {
        if (record.kind != AttentionKind::Cross || record.queryStream != kText) continue;
        composed.push_back(record);
        composed.back().kind = AttentionKind::Composed;
        composed.back().tower = "composed";
        composed.back().keyStream = kPatches;
        composed.back().v = at::Tensor();
        composed.back().through = patches;
    }
    trace.blocks.insert(trace.blocks.end(), composed.begin(), composed.end());
}

at::Tensor FlamingoNetwork::scores(const at::Tensor& hidden) const
{
    return m_text.tokenTable()(m_text.finalNorm(hidden));
}

} // namespace headlens
