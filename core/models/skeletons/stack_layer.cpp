// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/stack_layer.h"

#include "core/tensors/packed_linear.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens {
namespace {

void visitAttention(Attention& attention, const Weights& weights, const StackConfig& config, std::int64_t readWidth)
{
    const std::int64_t d = config.width, inner = config.heads * config.headWidth,
                       keys = config.keyHeads() * config.headWidth;
    weights.linear("query", attention.query, inner, d, config.readingBiases);
    weights.linear("key", attention.key, keys, readWidth, config.readingBiases);
    weights.linear("value", attention.value, keys, readWidth, config.readingBiases);
    weights.linear("output", attention.output, d, inner, config.outputBias);
}

void visitHeadNorms(Attention& attention, const Weights& weights, const StackConfig& config)
{
    const auto shapeFor = [&](std::int64_t heads) -> Shape {
        switch (config.headNorms) {
        case HeadNorms::Own: return {heads, config.headWidth};
        case HeadNorms::Whole: return {heads * config.headWidth};
        case HeadNorms::Shared:
        case HeadNorms::None: break;
        }
        return {config.headWidth};
    };
    if (config.headNorms == HeadNorms::None) return;
    weights.in("query_norm")("weight", attention.queryNorm.weight, shapeFor(config.heads));
    weights.in("key_norm")("weight", attention.keyNorm.weight, shapeFor(config.keyHeads()));
}

double scoreScale(const StackConfig& config, std::size_t layer)
{
    if (config.scale > 0) return config.scale;
    const double scale = config.scaled ? 1.0 / std::sqrt(double(config.headWidth)) : 1.0;
    return config.scaledByLayer ? scale / double(layer + 1) : scale;
}

// `x` through `norm` where one stands before what `reader` reads; as it is where it stands behind, or not at all.
at::Tensor readable(const at::Tensor& x, const LayerNorm& norm, const Linear& reader, const StackConfig& config)
{
    return config.normFirst && norm.weight.defined() ? norm(x, reader) : reader.operand(x);
}

// The attention of `call`, and what joins it to the block: x + attention, with the norms where they stand.
struct Joint {
    const Attention& attention;
    const LayerNorm &norm, &outputNorm;
};
at::Tensor joined(const Joint& joint, AttentionCall call, const at::Tensor& x, const StackConfig& config,
                  const StackPass& pass)
{
    const int block = call.block;
    call.x = readable(x, joint.norm, joint.attention.value, config);
    if (config.normFirst) call.x = pass.hooked(HookPoint::FirstNorm, block, call.x);
    call.heads = config.heads;
    call.keyHeads = config.keyHeads();
    call.record.cap = config.scoreCap;
    call.record.tower = pass.tower;
    call.record.queryStream = pass.stream;
    const at::Tensor heads = attended(joint.attention, std::move(call), pass);
    const LayerNorm* norm = config.normsOutput ? &joint.outputNorm : nullptr;
    const at::Tensor sum = pass.added({HookPoint::AttentionOutput, block, x, norm}, joint.attention.output, heads);
    return config.normsSum() ? pass.hooked(HookPoint::FirstNorm, block, joint.norm(sum)) : sum;
}

} // namespace

void StackCache::reorder(const at::Tensor& rows)
{
    for (std::vector<KeyCache>* caches : {&self, &cross})
        for (KeyCache& cache : *caches) cache.reorder(rows);
}

void StackLayer::settle(const StackConfig& config)
{
    for (LayerNorm* norm :
         {&selfNorm, &crossNorm, &mlpNorm, &selfOutputNorm, &mlpOutputNorm, &self.queryNorm, &self.keyNorm}) {
        norm->eps = config.eps;
        norm->rms = config.rmsNorm;
    }
}

void StackLayer::visit(const Weights& weights, const StackConfig& config, std::size_t layer)
{
    const std::int64_t d = config.width, m = config.mlpWidth;
    const bool biases = config.hasNormBiases(), before = config.normFirst || config.normsSum();
    const LayerKind kind = config.kindOf(layer);
    const Weights own = weights.in("self"), second = weights.in("mlp");
    if (before && kind.firstNorm) own.norm("norm", selfNorm, d, biases);
    visitAttention(self, own, config, d);
    visitHeadNorms(self, own, config);
    if (config.normsOutput) own.norm("output_norm", selfOutputNorm, d, biases);
    if (config.buckets > 0 && (layer == 0 || !config.sharedBuckets))
        own("distances", biasTable, {config.buckets, config.heads});
    if (config.crossWidth > 0) {
        weights.in("cross").norm("norm", crossNorm, d, biases);
        visitAttention(cross, weights.in("cross"), config, config.crossWidth);
    }
    if (before && !config.sharedNorm) second.norm("norm", mlpNorm, d, biases);
    if (kind.experts) {
        experts.visit(second, config.experts, d);
    } else {
        second.linear("up", mlp.up, m, d, config.biases);
        if (config.gated) second.linear("gate", mlp.gate, m, d, config.biases);
        second.linear("down", mlp.down, d, m, config.biases);
    }
    if (config.normsOutput) second.norm("output_norm", mlpOutputNorm, d, biases);
}

void StackLayer::pack(Precision precision)
{
    for (Attention* attention : {&self, &cross}) attention->pack(precision);
    mlp.pack(precision);
    experts.pack(precision);
}

at::Tensor StackLayer::withSelf(const at::Tensor& x, const StackConfig& config, const LayerCall& call) const
{
    AttentionCall to;
    to.block = call.block;
    to.cache = call.pass.cache != nullptr ? &call.pass.cache->self.at(call.layer) : nullptr;
    to.record.scale = scoreScale(config, call.layer);
    to.record.bias = call.bias;
    to.record.mask = call.mask;
    to.record.keyStream = call.pass.stream;
    if (call.places.cosine.defined())
        to.place = [&places = call.places](at::Tensor& q, at::Tensor& k) {
            for (at::Tensor* heads : {&q, &k}) *heads = turned(*heads, places.cosine, places.sine);
        };
    return joined({self, selfNorm, selfOutputNorm}, std::move(to), x, config, call.pass);
}

at::Tensor StackLayer::withCross(const at::Tensor& x, const StackConfig& config, const LayerCall& call) const
{
    AttentionCall to;
    to.source = cross.value.operand(call.pass.memory);
    to.block = call.block + 1;
    to.cache = call.pass.cache != nullptr ? &call.pass.cache->cross.at(call.layer) : nullptr;
    if (to.cache != nullptr) to.cache->kind = KeyCache::Stays;
    to.record.scale = scoreScale(config, call.layer);
    to.record.mask = call.memoryMask;
    to.record.kind = AttentionKind::Cross;
    to.record.keyStream = call.pass.memoryStream;
    return joined({cross, crossNorm, selfOutputNorm}, std::move(to), x, config, call.pass);
}

at::Tensor StackLayer::withMlp(const at::Tensor& residual, const at::Tensor& read, const StackConfig& config,
                               const LayerCall& call) const
{
    const StackPass& pass = call.pass;
    const Activation activation = activationFrom(config.activation);
    const Linear& reader = experts.isDefined() ? experts.router : mlp.up;
    at::Tensor normed = readable(read, config.sharedNorm ? selfNorm : mlpNorm, reader, config);
    if (config.normFirst) normed = pass.hooked(HookPoint::SecondNorm, call.block, normed);
    const Pass::Added to{HookPoint::MlpOutput, call.block, residual, config.normsOutput ? &mlpOutputNorm : nullptr};
    at::Tensor sum;
    if (experts.isDefined()) {
        ExpertRouting routing{int(call.layer), {}, {}};
        sum = pass.added(to, experts(normed, config.experts, activation, routing));
        pass.take(std::move(routing));
    } else {
        sum = pass.added(to, mlp.down, mlp.inner(normed, activation));
    }
    if (config.normsSum()) sum = pass.hooked(HookPoint::SecondNorm, call.block, mlpNorm(sum));
    return pass.hooked(HookPoint::ResidualAfter, call.block, sum);
}

at::Tensor StackLayer::operator()(const at::Tensor& x, const StackConfig& config, const LayerCall& call) const
{
    at::Tensor sum = withSelf(x, config, call);
    if (config.crossWidth > 0 && call.pass.memory.defined()) sum = withCross(sum, config, call);
    return withMlp(sum, config.parallel ? x : sum, config, call);
}

} // namespace headlens
