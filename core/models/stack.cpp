// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/stack.h"

#include "core/base/error.h"
#include "core/models/plain_layer.h"
#include "core/tensors/packed_linear.h"

#include <ATen/ATen.h>

#include <cmath>
#include <limits>

namespace headlens {
namespace {

// The additive mask of transformers: the lowest float instead of minus infinity, so that a row without any legal key
// stays finite.
at::Tensor forbidden(const at::Tensor& allowed)
{
    return at::zeros(allowed.sizes(), allowed.options().dtype(at::kFloat))
        .masked_fill(allowed == 0, std::numeric_limits<float>::lowest());
}

// Rows `ids` of a table, after checking that they exist.
at::Tensor lookUp(const at::Tensor& table, const at::Tensor& ids, const char* what)
{
    const std::int64_t low = ids.min().item<std::int64_t>(), high = ids.max().item<std::int64_t>();
    if (low < 0 || high >= table.size(0))
        throw Error(ErrorCode::BadRequest, what,
                    std::to_string(low < 0 ? low : high) + " is outside the table of " + std::to_string(table.size(0)),
                    "use the tokenizer that belongs to the model");
    return at::embedding(table, ids);
}

// The first of a batch, as a copy that does not keep the others alive.
at::Tensor firstOf(const at::Tensor& batch)
{
    return batch.defined() && batch.size(0) > 1 ? batch.narrow(0, 0, 1).clone() : batch;
}

} // namespace

StackPass passOf(const ForwardOptions& options, const JobControl& control, int total, ForwardResult& result)
{
    StackPass pass;
    pass.trace = &result.trace;
    result.trace.keepsValues = options.keep.values;
    pass.keep = options.keep;
    pass.silenced = options.silenced;
    pass.maps = options.maps;
    pass.control = &control;
    pass.total = total;
    return pass;
}

void StackCache::reorder(const at::Tensor& rows)
{
    for (std::vector<Pair>* pairs : {&self, &cross})
        for (Pair& pair : *pairs) {
            if (pair.keys.defined()) pair.keys = pair.keys.index_select(0, rows);
            if (pair.values.defined()) pair.values = pair.values.index_select(0, rows);
        }
}

Stack::Stack(StackConfig config)
    : m_config(std::move(config)), m_activation(activationFrom(m_config.activation)),
      m_layers(std::size_t(m_config.layers))
{
    if (m_config.positionKind == TextPositions::Computed)
        m_positions = sinusoidalTable(m_config.positions + m_config.positionOffset, m_config.width);
    const auto prepare = [&](LayerNorm& norm) {
        norm.eps = m_config.eps;
        norm.rms = m_config.rmsNorm;
    };
    for (LayerNorm* norm : {&m_embeddingNorm, &m_final}) prepare(*norm);
    for (StackLayer& layer : m_layers)
        for (LayerNorm* norm : {&layer.self.norm, &layer.cross.norm, &layer.norm}) prepare(*norm);
}

void Stack::visitAttention(StackAttention& attention, const std::string& at, std::int64_t readWidth, const Visit& visit)
{
    const std::int64_t d = m_config.width, inner = m_config.heads * m_config.headWidth;
    const auto linear = [&](const char* name, Linear& layer, std::int64_t out, std::int64_t in, bool bias) {
        visit(at + name + ".weight", layer.weight, {out, in});
        if (bias) visit(at + name + ".bias", layer.bias, {out});
    };
    visit(at + "norm.weight", attention.norm.weight, {d});
    if (!m_config.rmsNorm && m_config.normBiases) visit(at + "norm.bias", attention.norm.bias, {d});
    linear("query", attention.query, inner, d, m_config.readingBiases);
    linear("key", attention.key, inner, readWidth, m_config.readingBiases);
    linear("value", attention.value, inner, readWidth, m_config.readingBiases);
    linear("output", attention.output, d, inner, m_config.biases);
}

void Stack::visit(const Visit& visit)
{
    const std::string root = m_config.name + ".";
    const std::int64_t d = m_config.width, m = m_config.mlpWidth;
    const auto norm = [&](const std::string& name, LayerNorm& layer) {
        visit(name + ".weight", layer.weight, {d});
        if (!m_config.rmsNorm && m_config.normBiases) visit(name + ".bias", layer.bias, {d});
    };
    if (m_ownTokens) visit(root + "embeddings.tokens", m_tokens, {m_config.vocabulary, d});
    if (m_config.positionKind == TextPositions::Learnt)
        visit(root + "embeddings.positions", m_positions, {m_config.positions + m_config.positionOffset, d});
    if (m_config.segments > 0) visit(root + "embeddings.segments", m_segments, {m_config.segments, d});
    if (m_config.embeddingNorm) norm(root + "embeddings.norm", m_embeddingNorm);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        StackLayer& layer = m_layers[i];
        const std::string at = root + "layer." + std::to_string(i) + ".";
        const auto linear = [&](const char* name, Linear& weights, std::int64_t out, std::int64_t in) {
            visit(at + name + ".weight", weights.weight, {out, in});
            if (m_config.biases) visit(at + name + ".bias", weights.bias, {out});
        };
        visitAttention(layer.self, at + "self.", d, visit);
        if (m_config.buckets > 0 && (i == 0 || !m_config.sharedBuckets))
            visit(at + "self.distances", layer.biasTable, {m_config.buckets, m_config.heads});
        if (m_config.crossWidth > 0) visitAttention(layer.cross, at + "cross.", m_config.crossWidth, visit);
        norm(at + "mlp.norm", layer.norm);
        linear("mlp.up", layer.up, m, d);
        if (m_config.gated) linear("mlp.gate", layer.gate, m, d);
        linear("mlp.down", layer.down, d, m);
    }
    if (m_config.finalNorm) norm(root + "norm", m_final);
}

void Stack::pack(Precision precision)
{
    if (!packs(precision)) return;
    for (StackLayer& layer : m_layers) {
        for (StackAttention* attention : {&layer.self, &layer.cross})
            for (Linear* weights : {&attention->query, &attention->key, &attention->value, &attention->output})
                weights->pack(precision);
        for (Linear* weights : {&layer.up, &layer.gate, &layer.down}) weights->pack(precision);
    }
}

void Stack::appendFacts(ModelFacts& facts, const std::string& tower) const
{
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        BlockFacts block{0, int(m_config.heads), int(m_config.width), tower, AttentionKind::Self, 0};
        facts.blocks.push_back(block);
        block.kind = AttentionKind::Cross;
        if (m_config.crossWidth > 0) facts.blocks.push_back(block);
    }
}

void Stack::requireLength(std::int64_t count) const
{
    if (count < 1) throw Error(ErrorCode::BadRequest, "text", "is empty", "type at least one word");
    if (m_config.positionKind != TextPositions::Relative && count > m_config.positions)
        throw Error(ErrorCode::BadRequest, "text",
                    "has " + std::to_string(count) + " tokens, but the model has positions for " +
                        std::to_string(m_config.positions),
                    "shorten it or let it be cut");
}

at::Tensor Stack::positionsOf(const at::Tensor& ids, std::int64_t from) const
{
    if (m_config.positionsSkipPadding) {
        const at::Tensor real = (ids != m_config.padToken).to(at::kLong);
        return real.cumsum(1) * real + (m_config.positionOffset - 1);
    }
    const std::int64_t first = from + m_config.positionOffset;
    return at::arange(first, first + ids.size(1), ids.options()).unsqueeze(0);
}

at::Tensor Stack::embed(const at::Tensor& ids, const at::Tensor& segments, std::int64_t from, const at::Tensor& places,
                        bool positioned) const
{
    requireLength(from + ids.size(1));
    at::Tensor x = lookUp(m_tokens, ids, "token id");
    if (m_config.embeddingScale != 1) x = x * m_config.embeddingScale;
    if (m_segments.defined())
        x = x + lookUp(m_segments, segments.defined() ? segments : at::zeros_like(ids), "segment");
    if (m_positions.defined() && positioned)
        x = x + at::embedding(m_positions.to(x.options()),
                              places.defined() ? places + m_config.positionOffset : positionsOf(ids, from));
    return m_config.embeddingNorm ? m_embeddingNorm(x) : x;
}

at::Tensor Stack::positions(std::int64_t from, std::int64_t count) const
{
    requireLength(from + count);
    const std::int64_t first = from + m_config.positionOffset;
    return m_positions.slice(0, first, first + count).unsqueeze(0);
}

at::Tensor Stack::scoresMask(const StackPass& pass, std::int64_t from, std::int64_t queries) const
{
    const std::int64_t keys = from + queries;
    at::Tensor mask;
    const at::TensorOptions like = m_tokens.options().dtype(at::kFloat);
    if (m_config.causal && keys > 1) {
        const at::Tensor later = at::ones({queries, keys}, like).tril(from);
        mask = forbidden(later).view({1, 1, queries, keys});
    }
    if (pass.mask.defined() && (pass.mask == 0).any().item<bool>()) {
        const at::Tensor padding = forbidden(pass.mask).view({pass.mask.size(0), 1, 1, keys});
        mask = mask.defined() ? at::minimum(mask, padding) : padding.expand({-1, -1, queries, -1});
    }
    return mask;
}

at::Tensor Stack::distanceBias(const StackLayer& layer, std::int64_t from, std::int64_t queries,
                               std::int64_t keys) const
{
    if (!layer.biasTable.defined()) return {};
    const at::Tensor buckets =
        distanceBuckets(from, queries, keys, m_config.buckets, m_config.farthest, !m_config.causal)
            .to(layer.biasTable.device());
    return at::embedding(layer.biasTable, buckets).permute({2, 0, 1}).unsqueeze(0).contiguous(); // [1,H,n,m]
}

void Stack::remember(AttentionRecord record, const StackPass& pass) const
{
    if (pass.trace == nullptr || !pass.keep.attention) return;
    if (pass.keep.firstText)
        for (at::Tensor* batch : {&record.q, &record.k, &record.v, &record.mask}) *batch = firstOf(*batch);
    pass.trace->blocks.push_back(std::move(record));
}

at::Tensor Stack::attention(const StackLayer& layer, std::size_t index, bool cross, const at::Tensor& x,
                            const StackPass& pass, const at::Tensor& mask, const at::Tensor& bias) const
{
    const StackAttention& weights = cross ? layer.cross : layer.self;
    const std::int64_t heads = m_config.heads;
    const at::Tensor normed = m_config.normFirst ? weights.norm(x, weights.value) : weights.value.operand(x);
    const at::Tensor source = cross ? weights.value.operand(pass.memory) : normed;
    StackCache::Pair pair;
    StackCache::Pair* const kept =
        pass.cache == nullptr ? nullptr : &(cross ? pass.cache->cross : pass.cache->self).at(index);
    if (cross && kept != nullptr && kept->keys.defined()) {
        pair = *kept;
    } else {
        pair = {byHead(weights.key(source), heads), byHead(weights.value(source), heads)};
        if (!cross && kept != nullptr && kept->keys.defined())
            pair = {at::cat({kept->keys, pair.keys}, 2), at::cat({kept->values, pair.values}, 2)};
        if (kept != nullptr) *kept = pair;
    }
    AttentionRecord record;
    record.q = byHead(weights.query(normed), heads);
    record.k = pair.keys;
    record.scale = m_config.scaled ? 1.0 / std::sqrt(double(m_config.headWidth)) : 1.0;
    if (m_config.scaledByLayer) record.scale /= double(index + 1);
    record.bias = bias;
    record.mask = mask;
    if (pass.keep.values) record.v = pair.values;
    record.tower = pass.tower;
    record.kind = cross ? AttentionKind::Cross : AttentionKind::Self;
    record.queryStream = pass.stream;
    record.keyStream = cross ? pass.memoryStream : pass.stream;
    at::Tensor mixed = pass.maps != nullptr
                           ? attendOpenly(record.q, record.k, pair.values, record.scale, bias, mask, *pass.maps)
                           : attend(record.q, record.k, pair.values, record.scale, bias, mask, weights.output);
    mixed = withoutHeads(mixed, heads, blockOf(int(index), pass) + (cross ? 1 : 0), pass.silenced);
    remember(std::move(record), pass);
    const at::Tensor sum = weights.output(mixed, {.added = x});
    return m_config.normFirst ? sum : weights.norm(sum);
}

at::Tensor Stack::mlp(const StackLayer& layer, const at::Tensor& x) const
{
    const at::Tensor normed = m_config.normFirst ? layer.norm(x, layer.up) : layer.up.operand(x);
    const at::Tensor inner =
        layer.gate.isDefined()
            ? layer.up(normed, {.factor = layer.gate(normed, {.activation = m_activation, .feedsLinear = true}),
                                .feedsLinear = true})
            : layer.up(normed, {.activation = m_activation, .feedsLinear = true});
    const at::Tensor sum = layer.down(inner, {.added = x});
    return m_config.normFirst ? sum : layer.norm(sum);
}

at::Tensor Stack::run(at::Tensor x, const StackPass& pass) const
{
    const std::int64_t from = pass.cache == nullptr ? 0 : pass.cache->length, queries = x.size(1);
    if (pass.cache != nullptr && pass.cache->self.empty()) {
        pass.cache->self.resize(m_layers.size());
        pass.cache->cross.resize(m_layers.size());
    }
    const at::Tensor mask = scoresMask(pass, from, queries);
    at::Tensor memoryMask;
    if (pass.memoryMask.defined() && (pass.memoryMask == 0).any().item<bool>())
        memoryMask = forbidden(pass.memoryMask)
                         .view({pass.memoryMask.size(0), 1, 1, pass.memoryMask.size(1)})
                         .expand({-1, -1, queries, -1});
    const auto keep = [&] {
        if (pass.trace != nullptr && pass.keep.hidden)
            pass.trace->hidden[pass.tower].push_back(pass.keep.firstText ? firstOf(x) : x);
    };
    keep();
    at::Tensor bias = pass.bias.defined() ? pass.bias : distanceBias(m_layers[0], from, queries, from + queries);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const StackLayer& layer = m_layers[i];
        if (pass.control != nullptr) pass.control->checkpoint(blockOf(int(i), pass), pass.total, "forward");
        if (pass.before) x = pass.before(int(i), x);
        if (i > 0 && !m_config.sharedBuckets && !pass.bias.defined())
            bias = distanceBias(layer, from, queries, from + queries);
        x = attention(layer, i, false, x, pass, mask, bias);
        if (m_config.crossWidth > 0 && pass.memory.defined()) x = attention(layer, i, true, x, pass, memoryMask, {});
        x = mlp(layer, x);
        keep();
    }
    if (pass.cache != nullptr) pass.cache->length += queries;
    return x;
}

PositionTable Stack::positionTable(std::int64_t tokens) const
{
    if (m_config.positionKind == TextPositions::Relative) return {"relative", {}};
    if (!m_positions.defined()) return {};
    const std::int64_t first = m_config.positionOffset;
    // A stored table may still be one of sines: Marian and some DistilBERTs keep theirs.
    const at::Tensor table = m_positions.to(at::kCPU, at::kFloat).slice(0, first);
    const bool sines = m_config.positionKind == TextPositions::Computed ||
                       at::allclose(table, sinusoidalTable(table.size(0), table.size(1)), 1e-3, 1e-3);
    return {sines ? "sinusoidal" : "learnt", table.slice(0, 0, std::min(tokens, table.size(0)))};
}

at::Tensor sinusoidalTable(std::int64_t rows, std::int64_t width)
{
    const std::int64_t sines = (width + 1) / 2;
    const at::Tensor rate = at::pow(10'000.0, at::arange(0, width, 2, at::kDouble) / -double(width)); // [sines]
    const at::Tensor angle = at::arange(rows, at::kDouble).unsqueeze(1) * rate;
    return at::cat({angle.sin(), angle.cos().slice(1, 0, width - sines)}, 1).to(at::kFloat);
}

at::Tensor distanceBuckets(std::int64_t from, std::int64_t queries, std::int64_t keys, std::int64_t buckets,
                           std::int64_t farthest, bool bothWays)
{
    const at::Tensor relative =
        at::arange(keys, at::kLong).unsqueeze(0) - at::arange(from, from + queries, at::kLong).unsqueeze(1);
    at::Tensor base = at::zeros_like(relative), distance;
    if (bothWays) {
        buckets /= 2;
        base = (relative > 0).to(at::kLong) * buckets;
        distance = relative.abs();
    } else {
        distance = (-relative).clamp_min(0);
    }
    const std::int64_t exact = buckets / 2;
    // In float32, as the reference rounds; logarithms of 0 are not used.
    const at::Tensor far = exact + (at::log(distance.clamp_min(1).to(at::kFloat) / double(exact)) /
                                    std::log(double(farthest) / double(exact)) * double(buckets - exact))
                                       .to(at::kLong);
    return base + at::where(distance < exact, distance, far.clamp_max(buckets - 1));
}

} // namespace headlens
