// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/stack.h"

#include "core/base/error.h"
#include "core/nn/mask.h"
#include "core/tensors/packed_linear.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens {
namespace {

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

} // namespace

StackPass passOf(const ForwardOptions& options, const JobControl& control, int total, ForwardResult& result)
{
    return {options, &result.trace, &control, total};
}

void StackCache::reorder(const at::Tensor& rows)
{
    for (std::vector<KeyCache>* caches : {&self, &cross})
        for (KeyCache& cache : *caches) cache.reorder(rows);
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
        for (LayerNorm* norm : {&layer.selfNorm, &layer.crossNorm, &layer.mlpNorm}) prepare(*norm);
    if (m_config.positionKind == TextPositions::Rotary)
        m_frequencies = rotaryFrequencies(m_config.rotary, m_config.headWidth);
}

void Stack::visitAttention(Attention& attention, LayerNorm& norm, std::int64_t readWidth, const Weights& weights)
{
    const std::int64_t d = m_config.width, inner = m_config.heads * m_config.headWidth,
                       keys = m_config.keyHeads() * m_config.headWidth;
    weights.norm("norm", norm, d, m_config.hasNormBiases());
    weights.linear("query", attention.query, inner, d, m_config.readingBiases);
    weights.linear("key", attention.key, keys, readWidth, m_config.readingBiases);
    weights.linear("value", attention.value, keys, readWidth, m_config.readingBiases);
    weights.linear("output", attention.output, d, inner, m_config.outputBias);
}

void Stack::visitLayer(StackLayer& layer, bool ownsDistances, const Weights& weights)
{
    const std::int64_t d = m_config.width, m = m_config.mlpWidth;
    const Weights self = weights.in("self"), mlp = weights.in("mlp");
    visitAttention(layer.self, layer.selfNorm, d, self);
    if (ownsDistances) self("distances", layer.biasTable, {m_config.buckets, m_config.heads});
    if (m_config.crossWidth > 0) visitAttention(layer.cross, layer.crossNorm, m_config.crossWidth, weights.in("cross"));
    mlp.norm("norm", layer.mlpNorm, d, m_config.hasNormBiases());
    mlp.linear("up", layer.mlp.up, m, d, m_config.biases);
    if (m_config.gated) mlp.linear("gate", layer.mlp.gate, m, d, m_config.biases);
    mlp.linear("down", layer.mlp.down, d, m, m_config.biases);
}

void Stack::visit(const Weights& all)
{
    const Weights weights = all.in(m_config.name), embeddings = weights.in("embeddings"), layers = weights.in("layer");
    const std::int64_t d = m_config.width;
    if (m_ownTokens) embeddings("tokens", m_tokens, {m_config.vocabulary, d});
    if (m_config.positionKind == TextPositions::Learnt)
        embeddings("positions", m_positions, {m_config.positions + m_config.positionOffset, d});
    if (m_config.segments > 0) embeddings("segments", m_segments, {m_config.segments, d});
    if (m_config.embeddingNorm) embeddings.norm("norm", m_embeddingNorm, d, m_config.hasNormBiases());
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        visitLayer(m_layers[i], m_config.buckets > 0 && (i == 0 || !m_config.sharedBuckets),
                   layers.in(std::to_string(i)));
    if (m_config.finalNorm) weights.norm("norm", m_final, d, m_config.hasNormBiases());
}

void Stack::pack(Precision precision)
{
    if (!packs(precision)) return;
    for (StackLayer& layer : m_layers) {
        for (Attention* attention : {&layer.self, &layer.cross}) attention->pack(precision);
        layer.mlp.pack(precision);
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

at::Tensor Stack::embed(const at::Tensor& ids, const Embedding& how) const
{
    requireLength(how.from + ids.size(1));
    at::Tensor x = lookUp(m_tokens, ids, "token id");
    Pass hooked;
    hooked.hooks = how.hooks;
    x = hooked.hooked(HookPoint::WordEmbedding, -1, x);
    if (m_config.embeddingScale != 1) x = x * m_config.embeddingScale;
    if (m_segments.defined())
        x = x + lookUp(m_segments, how.segments.defined() ? how.segments : at::zeros_like(ids), "segment");
    if (m_positions.defined() && how.positioned)
        x = x + at::embedding(m_positions.to(x.options()),
                              how.places.defined() ? how.places + m_config.positionOffset : positionsOf(ids, how.from));
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
    if (m_config.causal && keys > 1) mask = causalMask(from, queries, like);
    if (const at::Tensor padding = paddingMask(pass.mask); padding.defined())
        mask = mask.defined() ? at::minimum(mask, padding) : padding.expand({-1, -1, queries, -1});
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

at::Tensor Stack::joined(const Attention& attention, const LayerNorm& norm, AttentionCall call, const at::Tensor& x,
                         const StackPass& pass) const
{
    const int block = call.block;
    call.x = m_config.normFirst ? pass.hooked(HookPoint::FirstNorm, block, norm(x, attention.value))
                                : attention.value.operand(x);
    call.heads = m_config.heads;
    call.keyHeads = m_config.keyHeads();
    call.record.tower = pass.tower;
    call.record.queryStream = pass.stream;
    const at::Tensor heads = attended(attention, std::move(call), pass);
    const at::Tensor sum = pass.added({HookPoint::AttentionOutput, block, x}, attention.output, heads);
    return m_config.normFirst ? sum : pass.hooked(HookPoint::FirstNorm, block, norm(sum));
}

double Stack::scoreScale(std::size_t layer) const
{
    const double scale = m_config.scaled ? 1.0 / std::sqrt(double(m_config.headWidth)) : 1.0;
    return m_config.scaledByLayer ? scale / double(layer + 1) : scale;
}

at::Tensor Stack::selfAttention(std::size_t index, const at::Tensor& x, const StackPass& pass, const at::Tensor& mask,
                                const at::Tensor& bias, const RotaryTable& places) const
{
    AttentionCall call;
    call.block = blockOf(int(index), pass);
    call.cache = pass.cache != nullptr ? &pass.cache->self.at(index) : nullptr;
    call.record.scale = scoreScale(index);
    call.record.bias = bias;
    call.record.mask = mask;
    call.record.keyStream = pass.stream;
    if (places.cosine.defined())
        call.place = [&places](at::Tensor& q, at::Tensor& k) {
            for (at::Tensor* heads : {&q, &k}) *heads = turned(*heads, places.cosine, places.sine);
        };
    return joined(m_layers[index].self, m_layers[index].selfNorm, std::move(call), x, pass);
}

at::Tensor Stack::crossAttention(std::size_t index, const at::Tensor& x, const StackPass& pass,
                                 const at::Tensor& mask) const
{
    const StackLayer& layer = m_layers[index];
    AttentionCall call;
    call.source = layer.cross.value.operand(pass.memory);
    call.block = blockOf(int(index), pass) + 1;
    call.cache = pass.cache != nullptr ? &pass.cache->cross.at(index) : nullptr;
    if (call.cache != nullptr) call.cache->kind = KeyCache::Stays;
    call.record.scale = scoreScale(index);
    call.record.mask = mask;
    call.record.kind = AttentionKind::Cross;
    call.record.keyStream = pass.memoryStream;
    return joined(layer.cross, layer.crossNorm, std::move(call), x, pass);
}

at::Tensor Stack::mlp(const StackLayer& layer, const at::Tensor& x, const StackPass& pass, int block) const
{
    const at::Tensor normed = m_config.normFirst
                                  ? pass.hooked(HookPoint::SecondNorm, block, layer.mlpNorm(x, layer.mlp.up))
                                  : layer.mlp.up.operand(x);
    const at::Tensor sum =
        pass.added({HookPoint::MlpOutput, block, x}, layer.mlp.down, layer.mlp.inner(normed, m_activation));
    return pass.hooked(HookPoint::ResidualAfter, block,
                       m_config.normFirst ? sum : pass.hooked(HookPoint::SecondNorm, block, layer.mlpNorm(sum)));
}

at::Tensor Stack::run(at::Tensor x, const StackPass& pass) const
{
    const std::int64_t from = pass.cache == nullptr ? 0 : pass.cache->length, queries = x.size(1);
    if (pass.cache != nullptr && pass.cache->self.empty()) {
        pass.cache->self.resize(m_layers.size());
        pass.cache->cross.resize(m_layers.size());
    }
    const at::Tensor mask = scoresMask(pass, from, queries);
    at::Tensor memoryMask = paddingMask(pass.memoryMask);
    if (memoryMask.defined()) memoryMask = memoryMask.expand({-1, -1, queries, -1});
    RotaryTable places;
    if (m_frequencies.defined() && pass.positioned) places = rotaryTable(m_frequencies.to(x.device()), from, queries);
    pass.takeHidden(x);
    at::Tensor bias = pass.bias.defined() ? pass.bias : distanceBias(m_layers[0], from, queries, from + queries);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const StackLayer& layer = m_layers[i];
        const int block = blockOf(int(i), pass);
        if (pass.skips(block)) continue;
        pass.checkpoint(block);
        if (pass.before) x = pass.before(int(i), x);
        x = pass.entering(block, x);
        if (i > 0 && !m_config.sharedBuckets && !pass.bias.defined())
            bias = distanceBias(layer, from, queries, from + queries);
        x = selfAttention(i, x, pass, mask, bias, places);
        if (m_config.crossWidth > 0 && pass.memory.defined()) x = crossAttention(i, x, pass, memoryMask);
        x = mlp(layer, x, pass, block);
        pass.takeHidden(x);
    }
    if (pass.cache != nullptr) pass.cache->length += queries;
    return x;
}

PositionTable Stack::positionTable(std::int64_t tokens) const
{
    if (m_config.positionKind == TextPositions::Relative) return {"relative", {}};
    if (m_frequencies.defined()) {
        const RotaryTable table = rotaryTable(m_frequencies, 0, tokens);
        return {"rotary", at::cat({table.cosine, table.sine}, 1)};
    }
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
