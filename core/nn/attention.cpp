// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/attention.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens {
namespace {

// What `layer` reads from `x`, head by head and normed [B,H,n,d].
at::Tensor normedHeads(const Linear& layer, const LayerNorm& norm, const at::Tensor& x, std::int64_t heads)
{
    const at::Tensor read = layer(x);
    if (!norm.weight.defined()) return splitHeads(read, heads);
    if (norm.weight.dim() == 2) { // a weight for every head
        LayerNorm plain = norm;
        plain.weight = at::ones_like(norm.weight[0]);
        return plain(splitHeads(read, heads)) * norm.weight.unsqueeze(1);
    }
    const bool together = norm.weight.size(0) == read.size(-1);
    return together ? splitHeads(norm(read), heads) : norm(splitHeads(read, heads));
}

// New keys and values, turned by their places, behind those of the cache.
KeyCache keysOf(const Attention& weights, const AttentionCall& call, at::Tensor& q)
{
    const std::int64_t keyHeads = call.keyHeads > 0 ? call.keyHeads : call.heads;
    const at::Tensor& source = call.source.defined() ? call.source : call.x;
    KeyCache found{normedHeads(weights.key, weights.keyNorm, source, keyHeads),
                   splitHeads(weights.value(source), keyHeads)};
    if (call.place) call.place(q, found.keys);
    if (call.cache != nullptr && call.cache->keys.defined()) {
        found.keys = at::cat({call.cache->keys, found.keys}, 2);
        found.values = at::cat({call.cache->values, found.values}, 2);
    }
    if (call.cache != nullptr) {
        call.cache->keys = found.keys;
        call.cache->values = found.values;
    }
    return found;
}

at::Tensor mixedValues(const Attention& weights, const AttentionCall& call, AttentionRecord& record,
                       const at::Tensor& value, const Pass& pass)
{
    if (call.mix) return weights.output.operand(call.mix(record, value));
    const at::Tensor k = repeatedHeads(record.k, call.heads), v = repeatedHeads(value, call.heads);
    const ScoreTerms terms{record.cap, record.bias, record.mask, record.edges};
    return pass.maps != nullptr || record.edges.defined()
               ? attendWithMaps(record.q, k, v, record.scale, terms, pass.maps)
               : attend(record.q, k, v, record.scale, terms, weights.output);
}

} // namespace

void Attention::pack(Precision precision, const at::Tensor& scale)
{
    for (Linear* layer : {&query, &key, &value}) layer->pack(precision);
    output.pack(precision, scale);
}

void KeyCache::reorder(const at::Tensor& rows)
{
    if (keys.defined()) keys = keys.index_select(0, rows);
    if (values.defined()) values = values.index_select(0, rows);
}

at::Tensor splitHeads(const at::Tensor& x, std::int64_t heads)
{
    return x.view({x.size(0), x.size(1), heads, -1}).transpose(1, 2);
}

at::Tensor mergeHeads(const at::Tensor& x)
{
    return x.transpose(1, 2).reshape({x.size(0), x.size(2), -1});
}

at::Tensor repeatedHeads(const at::Tensor& x, std::int64_t heads)
{
    return x.size(1) == heads ? x : x.repeat_interleave(heads / x.size(1), 1);
}

at::Tensor mixedPlainly(const AttentionRecord& record, const at::Tensor& value)
{
    at::Tensor scores = capped(at::matmul(record.q, record.k.transpose(-2, -1)) * record.scale, record.cap);
    if (record.mask.defined()) scores = scores + record.mask;
    return mergeHeads(at::matmul(at::softmax(scores, -1), value));
}

at::Tensor attended(const Attention& weights, AttentionCall call, const Pass& pass)
{
    AttentionRecord& record = call.record;
    record.q = normedHeads(weights.query, weights.queryNorm, call.x, call.heads);
    const bool known = call.cache != nullptr && call.cache->kind == KeyCache::Stays && call.cache->keys.defined();
    const KeyCache pair = known ? *call.cache : keysOf(weights, call, record.q);
    record.k = pair.keys;
    if (record.scale < 0) record.scale = 1.0 / std::sqrt(double(record.q.size(3)));
    if (pass.keep.values) record.v = pair.values;
    pass.hookScores(call.block, record);
    const at::Tensor mixed =
        withoutHeads(mixedValues(weights, call, record, pair.values, pass), call.heads, call.block, pass.ablated);
    pass.take(std::move(record));
    return pass.hooked(HookPoint::HeadOutputs, call.block, mixed);
}

} // namespace headlens
