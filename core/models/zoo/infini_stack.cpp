// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/zoo/infini_stack.h"

#include "core/base/error.h"
#include "core/nn/mask.h"
#include "core/trace/map_rules.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens {
namespace {

// [B,H,T,d] -> [B,H,S,N,d]; the last segment is filled up with zeros.
at::Tensor inSegments(const at::Tensor& x, std::int64_t size)
{
    const std::int64_t missing = (size - x.size(2) % size) % size;
    const at::Tensor full = missing > 0 ? at::constant_pad_nd(x, {0, 0, 0, missing}) : x;
    return full.reshape({x.size(0), x.size(1), -1, size, x.size(3)});
}

// [B,H,S,N,d] -> [B,H,T,d]
at::Tensor inLine(const at::Tensor& x, std::int64_t tokens)
{
    return x.flatten(2, 3).slice(2, 0, tokens);
}

} // namespace

InfiniStack::InfiniStack(const InfiniConfig& config) : m_config(config), m_layers(std::size_t(config.layers))
{
    m_final.eps = config.eps;
    for (InfiniLayer& layer : m_layers) layer.before.eps = layer.after.eps = config.eps;
}

void InfiniStack::visit(const Weights& all)
{
    const std::int64_t d = m_config.width;
    const Weights weights = all.in("infini"), layers = weights.in("layer");
    weights("tokens", m_tokens, {m_config.vocabulary, d});
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        InfiniLayer& layer = m_layers[i];
        const Weights at = layers.in(std::to_string(i));
        layer.visitAttention(at, d);
        at("key_before.weight", layer.keyBefore.weight, {d, d});
        at("beta", layer.beta, {m_config.heads});
        layer.visitMlp(at, d, m_config.mlpWidth);
    }
    weights.norm("norm", m_final, d);
}

at::Tensor InfiniStack::gates() const
{
    std::vector<at::Tensor> rows;
    for (const InfiniLayer& layer : m_layers) rows.push_back(at::sigmoid(layer.beta));
    return at::stack(rows);
}

// Pairs (i, i + d/2) turned by the place in the segment times base^(-2i/d) (Su et al. 2021, RoFormer).
InfiniStack::Heads InfiniStack::rotated(const Heads& heads) const
{
    const std::int64_t tokens = heads.query.size(2), half = m_config.headWidth() / 2;
    const at::TensorOptions like = heads.query.options();
    const at::Tensor place = at::arange(tokens, like).remainder(m_config.segment).unsqueeze(1);
    const at::Tensor angle = place * at::pow(m_config.rotaryBase, at::arange(half, like) / -double(half));
    const at::Tensor cosine = angle.cos(), sine = angle.sin(); // [T,d/2]
    const auto turn = [&](const at::Tensor& x) {
        const at::Tensor a = x.slice(-1, 0, half), b = x.slice(-1, half);
        return at::cat({a * cosine - b * sine, b * cosine + a * sine}, -1);
    };
    return {turn(heads.query), turn(heads.key), heads.value};
}

// Added to the scores of the whole text [1 or B,1,T,T]: neither later tokens nor other segments nor hidden ones.
at::Tensor InfiniStack::localMask(std::int64_t tokens, const InfiniPass& pass, const at::Tensor& like) const
{
    const at::Tensor place = at::arange(tokens, like.options().dtype(at::kLong));
    const at::Tensor segment = place.floor_divide(m_config.segment);
    at::Tensor allowed = (place.unsqueeze(0) <= place.unsqueeze(1)) & (segment.unsqueeze(0) == segment.unsqueeze(1));
    allowed = allowed.view({1, 1, tokens, tokens});
    if (pass.mask.defined()) // everybody sees at least itself
        allowed = allowed & ((pass.mask != 0).view({pass.mask.size(0), 1, 1, tokens}) |
                             at::eye(tokens, like.options()).to(at::kBool));
    return forbidding(allowed).to(like.scalar_type());
}

// Softmax attention inside every segment [B,H,T,d]; `mask` as localMask() says, the diagonal blocks are used.
at::Tensor InfiniStack::local(const Heads& heads, const at::Tensor& mask) const
{
    const std::int64_t tokens = heads.query.size(2), size = m_config.segment, full = (tokens + size - 1) / size * size;
    const at::Tensor q = inSegments(heads.query, size), k = inSegments(heads.key, size),
                     v = inSegments(heads.value, size);
    const at::Tensor whole = at::constant_pad_nd(mask, {0, full - tokens, 0, full - tokens}, 0);
    const at::Tensor blocks = whole.view({mask.size(0), 1, full / size, size, full / size, size})
                                  .diagonal(0, 2, 4)
                                  .permute({0, 1, 4, 2, 3}); // [1 or B,1,S,N,N]
    const at::Tensor scores = at::matmul(q, k.transpose(-2, -1)) / std::sqrt(double(m_config.headWidth())) + blocks;
    return inLine(at::matmul(at::softmax(scores, -1), v), tokens);
}

// Every segment reads what all earlier ones wrote, then writes itself (Eq. 7 to 9).
InfiniStack::Memory InfiniStack::memory(const Heads& heads, const InfiniPass& pass) const
{
    const std::int64_t tokens = heads.query.size(2), size = m_config.segment;
    const at::Tensor real = pass.mask.defined() ? (pass.mask != 0).to(at::kFloat).unsqueeze(1).unsqueeze(-1)
                                                : at::ones({1, 1, tokens, 1}, heads.key.options());
    const at::Tensor q = inSegments(kernelFeatures(heads.query), size),
                     k = inSegments(kernelFeatures(heads.key) * real, size), v = inSegments(heads.value, size);
    at::Tensor m = at::zeros({q.size(0), q.size(1), q.size(4), v.size(4)}, q.options()); // M [B,H,d,d]
    at::Tensor z = at::zeros({q.size(0), q.size(1), q.size(4), 1}, q.options());
    std::vector<at::Tensor> reads, states, sums;
    for (std::int64_t s = 0; s < q.size(2); ++s) {
        const auto given = [&](const at::Tensor& asked) { // what the memory gives back
            return at::matmul(asked, m) / at::matmul(asked, z).clamp_min(kLeastSum);
        };
        const at::Tensor keys = k.select(2, s), values = v.select(2, s);
        reads.push_back(s > 0 && pass.remembers ? given(q.select(2, s)) : at::zeros_like(values));
        const at::Tensor written = pass.delta && s > 0 ? values - given(keys) : values;
        m = m + at::matmul(keys.transpose(-2, -1), written);
        z = z + keys.sum(2).unsqueeze(-1);
        if (pass.states == nullptr) continue;
        states.push_back(m[0]);
        sums.push_back(z[0].squeeze(-1));
    }
    Memory found{inLine(at::stack(reads, 2), tokens), {}, {}};
    if (!states.empty()) {
        found.states = at::stack(states);
        found.normaliser = at::stack(sums);
    }
    return found;
}

void InfiniStack::remember(const Heads& plain, const Heads& turned, const InfiniPass& pass) const
{
    if (!pass.keepsAttention()) return;
    AttentionRecord inside{turned.query, turned.key, 1.0 / std::sqrt(double(m_config.headWidth()))};
    inside.mask = localMask(plain.query.size(2), pass, plain.query);
    inside.segment = m_config.segment;
    AttentionRecord before{plain.query, plain.key, 1.0};
    before.kind = AttentionKind::Memory;
    before.rule = pass.delta ? MapRule::Delta : MapRule::Linear;
    before.segment = m_config.segment;
    if (pass.mask.defined()) before.mask = forbidding(pass.mask).view({pass.mask.size(0), 1, 1, pass.mask.size(1)});
    const bool empty = !pass.remembers;
    if (empty)
        before.rowValid = at::zeros({plain.query.size(0), plain.query.size(2)}, at::kBool).to(plain.query.device());
    if (pass.keep.values) inside.v = before.v = plain.value;
    pass.take(std::move(inside));
    pass.take(std::move(before));
}

// Not in the paper: a key also hears of the token before it, a convolution of width two as public models with linear
// attention have it (DeltaNet, Based). Without it binding a name to the thing behind it takes two layers, and a model
// of this size did not find that in the time there is.
at::Tensor InfiniStack::attention(const InfiniLayer& layer, std::int64_t index, const at::Tensor& x,
                                  const InfiniPass& pass) const
{
    const std::int64_t heads = m_config.heads, tokens = x.size(1);
    const at::Tensor normed = layer.before(x);
    const at::Tensor heard = // of a hidden token the next one hears nothing either
        pass.mask.defined() ? normed * pass.mask.ne(0).unsqueeze(-1).to(normed.scalar_type()) : normed;
    const at::Tensor previous = at::constant_pad_nd(heard, {0, 0, 1, -1}); // every token's predecessor
    const Heads plain{splitHeads(layer.attention.query(normed), heads),
                      splitHeads(layer.attention.key(normed) + layer.keyBefore(previous), heads),
                      splitHeads(layer.attention.value(normed), heads)};
    const Heads turned = rotated(plain);
    const at::Tensor gate = (pass.gates.defined() ? pass.gates[index] : at::sigmoid(layer.beta)).view({1, heads, 1, 1});
    const Memory found = memory(plain, pass);
    const at::Tensor inside = (1 - gate) * local(turned, localMask(tokens, pass, x)), before = gate * found.read;
    remember(plain, turned, pass);
    if (pass.states != nullptr) {
        const std::string of = "." + std::to_string(index);
        const at::Tensor rows = layer.attention.output.weight.view({m_config.width, heads, -1}); // [D,H,d]
        const auto size = [&](const at::Tensor& part) {
            return at::einsum("htd,Dhd->htD", {part[0], rows}).norm(2, -1);
        };
        (*pass.states)["memory" + of] = found.states;
        (*pass.states)["normaliser" + of] = found.normaliser;
        (*pass.states)["local" + of] = size(inside);
        (*pass.states)["read" + of] = size(before);
    }
    const int block = int(index) * 2;
    const at::Tensor mixed = withoutHeads(mergeHeads(inside), heads, block, pass.ablated) +
                             withoutHeads(mergeHeads(before), heads, block + 1, pass.ablated);
    return layer.attention.output(mixed, {.added = x});
}

at::Tensor InfiniStack::run(const at::Tensor& ids, const InfiniPass& pass) const
{
    if (ids.min().item<std::int64_t>() < 0 || ids.max().item<std::int64_t>() >= m_config.vocabulary)
        throw Error(ErrorCode::BadRequest, "token id", "is outside the vocabulary",
                    "use the tokenizer that belongs to the model");
    at::Tensor x = at::embedding(m_tokens, ids);
    pass.takeHidden(x);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        pass.checkpoint(int(i));
        x = attention(m_layers[i], std::int64_t(i), x, pass);
        const at::Tensor inner = m_layers[i].mlp.up(m_layers[i].after(x), {.activation = Activation::Gelu});
        x = m_layers[i].mlp.down(inner, {.added = x});
        pass.takeHidden(x);
    }
    if (pass.states != nullptr) (*pass.states)["gate"] = pass.gates.defined() ? pass.gates : gates();
    return x;
}

at::Tensor InfiniStack::scores(const at::Tensor& hidden) const
{
    return Linear{m_tokens, {}}(m_final(hidden));
}

} // namespace headlens
