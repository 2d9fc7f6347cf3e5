// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/flamingo_network.h"

#include "core/models/plain_layer.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace headlens {
namespace {

// Streams of the trace: patches of all pictures, latents, latents with patches (what the resampler reads), text.
enum Streams : int { kPatches, kLatents, kRead, kText };

at::Tensor forbidding(const at::Tensor& allowed)
{
    return at::zeros(allowed.sizes(), allowed.options().dtype(at::kFloat))
        .masked_fill(~allowed, std::numeric_limits<float>::lowest());
}

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
        for (LookingLayer& layer : *layers) layer.queryNorm.eps = layer.keyNorm.eps = layer.mlpNorm.eps = config.eps;
}

void FlamingoNetwork::visitLayer(LookingLayer& layer, const std::string& at, std::int64_t readWidth, bool gated,
                                 const Visit& visit)
{
    const std::int64_t d = m_config.text.width;
    const auto norm = [&](const char* name, LayerNorm& one, std::int64_t width) {
        visit(at + name + ".weight", one.weight, {width});
        visit(at + name + ".bias", one.bias, {width});
    };
    const auto linear = [&](const char* name, Linear& one, std::int64_t out, std::int64_t in) {
        visit(at + name + ".weight", one.weight, {out, in});
        visit(at + name + ".bias", one.bias, {out});
    };
    norm("query_norm", layer.queryNorm, d);
    if (!gated) norm("key_norm", layer.keyNorm, readWidth);
    linear("query", layer.query, d, d);
    linear("key", layer.key, d, readWidth);
    linear("value", layer.value, d, readWidth);
    linear("output", layer.output, d, d);
    norm("mlp_norm", layer.mlpNorm, d);
    linear("up", layer.up, 4 * d, d);
    linear("down", layer.down, d, 4 * d);
    if (!gated) return;
    visit(at + "attention_gate", layer.attentionGate, {1});
    visit(at + "mlp_gate", layer.mlpGate, {1});
}

void FlamingoNetwork::visit(const Visit& visit)
{
    const std::int64_t d = m_config.text.width;
    m_vision.visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
        visit("vision." + name, weight, shape);
    });
    visit("resampler.latents", m_latents, {m_config.latents, d});
    for (std::size_t i = 0; i < m_resampler.size(); ++i)
        visitLayer(m_resampler[i], "resampler.layer." + std::to_string(i) + ".", d, false, visit);
    visit("resampler.norm.weight", m_resampled.weight, {d});
    visit("resampler.norm.bias", m_resampled.bias, {d});
    for (std::size_t i = 0; i < m_bridge.size(); ++i)
        visitLayer(m_bridge[i], "bridge.layer." + std::to_string(i) + ".", d, true, visit);
    m_text.visit(visit);
}

std::vector<double> FlamingoNetwork::gates() const
{
    std::vector<double> all;
    for (const LookingLayer& layer : m_bridge)
        for (const at::Tensor& gate : {layer.attentionGate, layer.mlpGate})
            all.push_back(gate.is_meta() ? 0 : std::tanh(gate.item<double>()));
    return all;
}

void FlamingoNetwork::remember(AttentionRecord record, const FlamingoPass& pass) const
{
    if (pass.trace != nullptr && pass.keep.attention) pass.trace->blocks.push_back(std::move(record));
}

at::Tensor FlamingoNetwork::see(const at::Tensor& pixels, const FlamingoPass& pass) const
{
    const std::int64_t side = pixels.size(2), pictures = pixels.size(3) / side, grid = side / m_config.vision.patch;
    const at::Tensor each = pixels.slice(3, 0, pictures * side)
                                .reshape({pixels.size(0), pixels.size(1), side, pictures, side})
                                .permute({0, 3, 1, 2, 4})
                                .reshape({-1, pixels.size(1), side, side});
    auto encoded = m_vision.encode(each, pass.control != nullptr ? *pass.control : JobControl{},
                                   {.attention = pass.trace != nullptr, .hidden = false, .values = pass.keep.values},
                                   pass.silenced);
    if (pass.trace == nullptr) return encoded.normed;
    const WindowGrid windows{int(grid), int(grid * pictures), int(grid), int(grid)};
    for (AttentionRecord& record : encoded.trace.blocks) {
        record.windows = windows; // every picture looks at itself only
        record.tower = "vision";
        remember(std::move(record), pass);
    }
    const std::int64_t latents = m_config.latents;
    pass.trace->streams = {{"vision", 0, 0, grid, grid * pictures},
                           {"latents", 0, pictures * latents, 0, 0}, // no patches: nothing to lay over the picture
                           {"latents and patches", 0, pictures * latents, grid, grid * pictures}};
    return encoded.normed;
}

FlamingoNetwork::Look FlamingoNetwork::look(const LookingLayer& layer, const at::Tensor& x, const at::Tensor& source,
                                            const at::Tensor& mask) const
{
    Look seen{byHead(layer.query(x), m_config.heads),
              byHead(layer.key(source), m_config.heads),
              byHead(layer.value(source), m_config.heads),
              {}};
    const double scale = 1 / std::sqrt(double(seen.q.size(3)));
    at::Tensor scores = at::matmul(seen.q, seen.k.transpose(-2, -1)) * scale;
    if (mask.defined()) scores = scores + mask;
    seen.mixed = sideBySide(at::matmul(at::softmax(scores, -1), seen.v));
    return seen;
}

at::Tensor FlamingoNetwork::resample(const at::Tensor& patches, std::int64_t pictures, const FlamingoPass& pass) const
{
    const std::int64_t all = patches.size(0), batch = all / pictures, latents = m_config.latents;
    at::Tensor x = m_latents.unsqueeze(0).expand({all, -1, -1});
    for (std::size_t i = 0; i < m_resampler.size(); ++i) {
        const LookingLayer& layer = m_resampler[i];
        const at::Tensor own = layer.queryNorm(x);
        const Look seen = look(layer, own, at::cat({own, layer.keyNorm(patches)}, 1), {});
        if (pass.trace != nullptr && batch == 1) {
            // One map over all pictures; latents of one do not see patches of another.
            const std::int64_t grid = m_config.vision.gridHeight(), heads = m_config.heads, d = seen.q.size(3);
            const auto inLine = [&](const at::Tensor& part) { // [n,H,m,d] -> [1,H,n*m,d]
                return part.transpose(0, 1).reshape({1, heads, -1, d});
            };
            const at::Tensor strip = seen.k.slice(2, latents)
                                         .reshape({pictures, heads, grid, grid, d})
                                         .permute({1, 2, 0, 3, 4})
                                         .reshape({1, heads, -1, d});
            AttentionRecord record{inLine(seen.q), at::cat({inLine(seen.k.slice(2, 0, latents)), strip}, 2),
                                   1 / std::sqrt(double(d))};
            const at::Tensor columns = at::arange(grid * grid * pictures, at::kLong).remainder(grid * pictures);
            const at::Tensor rows = at::arange(pictures * latents, at::kLong).floor_divide(latents).unsqueeze(1);
            const at::Tensor allowed = at::cat({samePicture(pictures, latents, latents, at::TensorOptions()),
                                                columns.floor_divide(grid).unsqueeze(0) == rows},
                                               1);
            record.mask = forbidding(allowed).view({1, 1, pictures * latents, -1}).to(patches.device());
            record.tower = "resampler";
            record.kind = AttentionKind::Cross;
            record.queryStream = kLatents;
            record.keyStream = kRead;
            remember(std::move(record), pass);
        }
        const at::Tensor mixed =
            withoutHeads(seen.mixed, m_config.heads, int(m_config.vision.layers) + int(i), pass.silenced);
        x = x + layer.output(mixed);
        x = layer.down(layer.up(layer.mlpNorm(x), {.activation = Activation::Gelu}), {.added = x});
    }
    return m_resampled(x).reshape({batch, pictures * latents, -1});
}

at::Tensor FlamingoNetwork::bridged(std::size_t index, const at::Tensor& x, const at::Tensor& latents,
                                    const at::Tensor& pictureOf, const FlamingoPass& pass) const
{
    const LookingLayer& layer = m_bridge[index];
    const auto gate = [&](std::size_t place, const at::Tensor& trained) {
        return pass.gates.empty() ? at::tanh(trained) : at::full({1}, pass.gates.at(2 * index + place), x.options());
    };
    // Token t looks at the latents of the picture that was named last before it.
    const at::Tensor owner = at::arange(latents.size(1), pictureOf.options()).floor_divide(m_config.latents) + 1;
    const at::Tensor allowed = pictureOf.unsqueeze(-1) == owner.view({1, 1, -1}); // [B,T,n*R]
    const at::Tensor valid = allowed.any(-1);                                     // [B,T]
    const at::Tensor mask = forbidding(allowed).unsqueeze(1);
    const Look seen = look(layer, layer.queryNorm(x), latents, mask);
    const int block = firstTextBlock() + 2 * int(index);
    const at::Tensor mixed = withoutHeads(seen.mixed, m_config.heads, block, pass.silenced);
    AttentionRecord record{seen.q, seen.k, 1 / std::sqrt(double(seen.q.size(3)))};
    record.mask = mask;
    record.rowValid = valid;
    if (pass.keep.values) record.v = seen.v;
    record.kind = AttentionKind::Cross;
    record.queryStream = kText;
    record.keyStream = kLatents;
    remember(std::move(record), pass);
    // Without a picture the softmax of nothing but forbidden keys would be uniform: a leak. The row is 0 instead.
    const at::Tensor heard = layer.output(mixed) * valid.unsqueeze(-1).to(x.scalar_type());
    const at::Tensor y = x + gate(0, layer.attentionGate) * heard;
    const at::Tensor inner = layer.down(layer.up(layer.mlpNorm(y), {.activation = Activation::Gelu}));
    return y + gate(1, layer.mlpGate) * inner;
}

at::Tensor FlamingoNetwork::read(const at::Tensor& ids, const at::Tensor& latents, const FlamingoPass& pass) const
{
    StackPass inner;
    inner.mask = pass.mask;
    inner.trace = pass.trace;
    inner.keep = pass.keep;
    inner.control = pass.control;
    inner.silenced = pass.silenced;
    inner.stream = pass.trace != nullptr ? kText : 0;
    inner.memoryStream = kLatents;
    inner.firstBlock = firstTextBlock();
    inner.total = firstTextBlock() + 2 * int(m_config.text.layers);
    if (latents.defined()) {
        const at::Tensor pictureOf = (ids == m_config.imageToken).to(at::kLong).cumsum(1);
        inner.extraBlocks = 1;
        inner.before = [this, latents, pictureOf, &pass](int layer, const at::Tensor& x) {
            return bridged(std::size_t(layer), x, latents, pictureOf, pass);
        };
    }
    const at::Tensor x = m_text.run(m_text.embed(ids), inner);
    if (pass.trace != nullptr) pass.trace->streams.push_back({"text", ids.size(1), 0, 0, 0});
    if (pass.trace != nullptr && pass.keep.attention && latents.defined() && ids.size(0) == 1)
        rememberComposed(*pass.trace);
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
    return Linear{m_text.tokens(), {}}(m_text.finalNorm(hidden));
}

} // namespace headlens
