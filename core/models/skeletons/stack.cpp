// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/stack.h"

#include "core/base/error.h"
#include "core/nn/mask.h"
#include "core/tensors/packed_linear.h"

#include <ATen/ATen.h>

#include <bit>
#include <cmath>

namespace headlens {
namespace {

// Rows `ids` of a table, after checking that they exist.
at::Tensor lookUp(const Linear& table, const at::Tensor& ids, const char* what)
{
    const std::int64_t low = ids.min().item<std::int64_t>(), high = ids.max().item<std::int64_t>();
    if (low < 0 || high >= table.outputs())
        throw Error(ErrorCode::BadRequest, what,
                    std::to_string(low < 0 ? low : high) + " is outside the table of " +
                        std::to_string(table.outputs()),
                    "use the tokenizer that belongs to the model");
    return table.rows(ids);
}

// 0 where two tokens of `together` [B,T] have one number above 0, else 1: [B,1,T,T].
at::Tensor apart(const at::Tensor& together)
{
    const at::Tensor one = together.unsqueeze(2), other = together.unsqueeze(1);
    return one.eq(other).logical_and(one.gt(0)).logical_not().unsqueeze(1);
}

} // namespace

StackPass passOf(const ForwardOptions& options, const JobControl& control, int total, ForwardResult& result)
{
    return {options, &result.trace, &control, total};
}

Stack::Stack(StackConfig config) : m_config(std::move(config)), m_layers(std::size_t(m_config.layers))
{
    if (m_config.positionKind == TextPositions::Computed)
        m_positions = sinusoidalTable(m_config.positions + m_config.positionOffset, m_config.width);
    for (LayerNorm* norm : {&m_embeddingNorm, &m_final}) {
        norm->eps = m_config.eps;
        norm->rms = m_config.rmsNorm;
    }
    for (StackLayer& layer : m_layers) layer.settle(m_config);
}

void Stack::visit(const Weights& all)
{
    const Weights weights = all.in(m_config.name), embeddings = weights.in("embeddings"), layers = weights.in("layer");
    const std::int64_t d = m_config.width, e = m_config.tableWidth();
    if (m_ownTokens) embeddings.table("tokens", m_tokens, {m_config.vocabulary, e});
    if (m_config.positionKind == TextPositions::Learnt)
        embeddings("positions", m_positions, {m_config.positions + m_config.positionOffset, d});
    if (m_config.segments > 0) embeddings("segments", m_segments, {m_config.segments, d});
    if (m_config.embeddingNorm) embeddings.norm("norm", m_embeddingNorm, d, m_config.hasNormBiases());
    if (e != d) {
        embeddings.linear("from_tokens", m_fromTokens, d, e, false);
        weights.linear("to_tokens", m_toTokens, e, d, false);
    }
    for (std::size_t i = 0; i < m_layers.size(); ++i) m_layers[i].visit(layers.in(std::to_string(i)), m_config, i);
    if (m_config.finalNorm) weights.norm("norm", m_final, d, m_config.hasNormBiases());
}

void Stack::pack(Precision precision)
{
    if (!packs(precision)) return;
    for (StackLayer& layer : m_layers) layer.pack(precision);
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
    if (m_config.hasMostPositions() && count > m_config.positions)
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
    if (m_fromTokens.isDefined()) x = m_fromTokens(x);
    if (m_config.embeddingScale != 1) x = x * m_config.embeddingScale;
    if (m_segments.defined())
        x = x + lookUp({m_segments, {}}, how.segments.defined() ? how.segments : at::zeros_like(ids), "segment");
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

at::Tensor Stack::scoresMask(const StackPass& pass, std::int64_t reach, std::int64_t from, std::int64_t queries) const
{
    const std::int64_t keys = from + queries;
    at::Tensor mask;
    const at::TensorOptions like = at::device(m_tokens.device()).dtype(at::kFloat);
    if (m_config.causal && reach > 0 && keys > reach)
        mask = windowMask(from, queries, reach, like);
    else if (m_config.causal && keys > 1)
        mask = causalMask(from, queries, like);
    else if (!m_config.causal && reach > 0 && keys > reach + 1)
        mask = bandMask(keys, reach, like);
    if (mask.defined() && pass.together.defined()) mask = mask * apart(pass.together).to(mask.options());
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

at::Tensor Stack::biasOf(std::size_t layer, const StackPass& pass, std::int64_t from, std::int64_t queries) const
{
    if (pass.bias.defined()) return pass.bias;
    if (m_config.positionKind != TextPositions::Linear)
        return distanceBias(m_layers[layer], from, queries, from + queries);
    if (!pass.positioned) return {};
    return linearBias(m_config.heads, m_config.steepest, from + queries)
        .to(m_tokens.device())
        .expand({-1, -1, queries, -1});
}

RotaryTable Stack::rotaryTableOf(const RotaryConfig& rotary, std::int64_t from, std::int64_t queries) const
{
    const at::Tensor frequencies = rotaryFrequencies(rotary, m_config.headWidth, from + queries).to(m_tokens.device());
    return rotaryTable(frequencies, from, queries, rotaryMagnitude(rotary));
}

Stack::Shared Stack::sharedOf(const StackPass& pass, std::int64_t from, std::int64_t queries) const
{
    Shared shared;
    bool localPlaces = false;
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const LayerKind kind = m_config.kindOf(i);
        if (!shared.masks.contains(kind.reach)) shared.masks[kind.reach] = scoresMask(pass, kind.reach, from, queries);
        localPlaces = localPlaces || kind.localPlaces;
    }
    shared.memoryMask = paddingMask(pass.memoryMask);
    if (shared.memoryMask.defined()) shared.memoryMask = shared.memoryMask.expand({-1, -1, queries, -1});
    if (m_config.positionKind == TextPositions::Rotary && pass.positioned) {
        shared.places = pass.axes.defined()
                            ? rotaryTable(rotaryFrequencies(m_config.rotary, m_config.headWidth).to(m_tokens.device()),
                                          pass.axes, m_config.rotary.sections)
                            : rotaryTableOf(m_config.rotary, from, queries);
        if (localPlaces) shared.localPlaces = rotaryTableOf(m_config.localRotary, from, queries);
    }
    shared.bias = biasOf(0, pass, from, queries);
    return shared;
}

at::Tensor Stack::run(at::Tensor x, const StackPass& pass) const
{
    const std::int64_t from = pass.cache == nullptr ? 0 : pass.cache->length, queries = x.size(1);
    if (pass.cache != nullptr && pass.cache->self.empty()) {
        pass.cache->self.resize(m_layers.size());
        pass.cache->cross.resize(m_layers.size());
    }
    const Shared shared = sharedOf(pass, from, queries);
    pass.takeHidden(x);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const int block = blockOf(int(i), pass);
        if (pass.skips(block)) continue;
        pass.checkpoint(block);
        if (pass.before) x = pass.before(int(i), block - (pass.extraBlocks.empty() ? 0 : pass.extraBlocks.at(i)), x);
        x = pass.entering(block, x);
        const LayerKind kind = m_config.kindOf(i);
        const bool ownBias = i > 0 && !m_config.sharedBuckets && m_config.buckets > 0;
        x = m_layers[i](x, m_config,
                        {pass, i, block, shared.masks.at(kind.reach),
                         ownBias ? biasOf(i, pass, from, queries) : shared.bias,
                         kind.localPlaces ? shared.localPlaces : shared.places, shared.memoryMask});
        pass.takeHidden(x);
    }
    if (pass.cache != nullptr) pass.cache->length += queries;
    return x;
}

PositionTable Stack::positionTable(std::int64_t tokens) const
{
    if (!m_config.hasMostPositions()) return {"relative", {}};
    if (m_config.positionKind == TextPositions::Rotary) {
        const RotaryTable table = rotaryTableOf(m_config.rotary, 0, tokens);
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

at::Tensor linearBias(std::int64_t heads, double steepest, std::int64_t keys)
{
    const auto whole = std::int64_t(std::bit_ceil(std::uint64_t(heads)));
    at::Tensor slopes = at::pow(2.0, at::arange(1, whole + 1, at::kFloat) * (-steepest / double(whole)));
    if (whole != heads) // every second one, then the others
        slopes = at::cat({slopes.slice(0, 1, whole, 2), slopes.slice(0, 0, whole, 2)}).slice(0, 0, heads);
    return slopes.view({1, heads, 1, 1}) * at::arange(1 - keys, 1, at::kFloat).view({1, 1, 1, keys});
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
