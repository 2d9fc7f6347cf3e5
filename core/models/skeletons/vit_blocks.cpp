// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/vit_blocks.h"

#include "core/nn/grid_positions.h"
#include "core/tensors/packed_linear.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

namespace headlens {

VitBlocks::VitBlocks(const VitConfig& config, std::string prefix, std::string tower)
    : m_config(config), m_prefix(std::move(prefix)), m_tower(std::move(tower)),
      m_activation(activationFrom(m_config.activation)), m_blocks(std::size_t(m_config.layers))
{
    for (VitBlock& block : m_blocks)
        block.before.eps = block.after.eps = block.attention.queryNorm.eps = block.attention.keyNorm.eps = m_config.eps;
}

void VitBlocks::visitBlock(VitBlock& block, bool routed, const Weights& weights)
{
    const std::int64_t d = m_config.width, m = m_config.mlpWidth, head = d / m_config.heads;
    const Weights attention = weights.in("attention"), inner = attention.in("attention");
    weights.norm("layernorm_before", block.before, d);
    inner.linear("query", block.attention.query, d, d, m_config.queryBias);
    inner.linear("key", block.attention.key, d, d, m_config.keyBias);
    inner.linear("value", block.attention.value, d, d, m_config.valueBias);
    if (m_config.queryKeyNorm) {
        attention.norm("query_norm", block.attention.queryNorm, head);
        attention.norm("key_norm", block.attention.keyNorm, head);
    }
    if (m_config.relativeBias)
        weights("relative_position_bias_table", block.biasTable,
                {(2 * m_config.gridHeight() - 1) * (2 * m_config.gridWidth() - 1) + 3, m_config.heads});
    attention.linear("output.dense", block.attention.output, d, d, m_config.outputBias);
    if (m_config.layerScale) weights("layer_scale1", block.scale1, {d});
    weights.norm("layernorm_after", block.after, d);
    weights.linear("intermediate.dense", block.mlp.up, m, d, m_config.mlpBias);
    if (m_config.gated) weights.linear("gate", block.mlp.gate, m, d, m_config.mlpBias);
    weights.linear("output.dense", block.mlp.down, d, m, m_config.mlpBias);
    if (m_config.layerScale) weights("layer_scale2", block.scale2, {d});
    if (m_config.recipes > 0)
        weights("recipe", block.recipe,
                {m_config.recipes, m_config.prefixTokens() + m_config.gridHeight() * m_config.gridWidth()});
    if (routed) weights.linear("router", block.router, 1, d);
}

void VitBlocks::visit(const Weights& weights)
{
    for (std::size_t i = 0; i < m_blocks.size(); ++i)
        visitBlock(m_blocks[i], m_config.isRouted(std::int64_t(i)), weights.in(m_prefix + std::to_string(i)));
    if (m_config.sharedRelativeBias)
        weights("encoder.relative_position_bias_table", m_sharedBias,
                {(2 * m_config.gridHeight() - 1) * (2 * m_config.gridWidth() - 1) + 3, m_config.heads});
}

void VitBlocks::pack(Precision precision)
{
    if (!packs(precision)) return;
    for (VitBlock& block : m_blocks) {
        block.attention.pack(precision, block.scale1);
        block.mlp.pack(precision, block.scale2);
        block.scale1 = block.scale2 = at::Tensor();
    }
}

void VitBlocks::addBias(AttentionRecord& record, const VitBlock& block, const PositionContext& context) const
{
    const bool both = block.biasTable.defined() && m_sharedBias.defined(); // BEiT may add them
    const at::Tensor table = both                        ? block.biasTable + m_sharedBias
                             : block.biasTable.defined() ? block.biasTable
                                                         : m_sharedBias;
    if (!table.defined()) return;
    const std::int64_t gridHeight = m_config.gridHeight(), gridWidth = m_config.gridWidth();
    record.bias =
        relativeBias(table, gridHeight, gridWidth, context.gridHeight, context.gridWidth).unsqueeze(0); // [1,H,N,N]
    record.biasTable = relativeBiasPicture(table, gridHeight, gridWidth);
}

AttentionCall VitBlocks::callFor(const VitBlock& block, const PositionContext& context) const
{
    AttentionCall call;
    call.heads = m_config.heads;
    call.record.scale = 1.0 / std::sqrt(double(m_config.width / m_config.heads));
    call.record.tower = m_tower;
    call.record.tokens = context.tokens;
    addBias(call.record, block, context);
    if (context.cosine.defined())
        call.place = [&context](at::Tensor& q, at::Tensor& k) {
            for (at::Tensor* heads : {&q, &k}) *heads = rotated(*heads, context.prefix, context.cosine, context.sine);
        };
    if (context.pattern.kind != AttentionPattern::Dense)
        call.mix = [&](AttentionRecord& record, const at::Tensor& value) {
            return attendBy(context.pattern, context.picture(), record, value, block.recipe);
        };
    return call;
}

at::Tensor VitBlocks::block(const VitBlock& block, const at::Tensor& x, const PositionContext& context,
                            const Pass& pass, int number) const
{
    AttentionCall call = callFor(block, context);
    call.x = pass.hooked(HookPoint::FirstNorm, number, block.before(x, block.attention.value));
    call.block = number;
    const at::Tensor mixed = attended(block.attention, std::move(call), pass);
    const at::Tensor y =
        pass.added({HookPoint::AttentionOutput, number, x}, block.attention.output, mixed, block.scale1);
    const at::Tensor inner =
        block.mlp.inner(pass.hooked(HookPoint::SecondNorm, number, block.after(y, block.mlp.up)), m_activation);
    return pass.hooked(HookPoint::ResidualAfter, number,
                       pass.added({HookPoint::MlpOutput, number, y}, block.mlp.down, inner, block.scale2));
}

namespace {

// The patches [B,k] (int64, in order) that take part, of scores [B,N].
at::Tensor chosenPatches(const at::Tensor& scores, const RoutingChoice& choice, std::int64_t capacity)
{
    const std::int64_t patches = scores.size(1);
    if (choice.routing == Routing::All || capacity >= patches)
        return at::arange(patches, scores.options().dtype(at::kLong)).expand({scores.size(0), -1});
    at::Tensor by = scores.detach();
    if (choice.routing == Routing::Random) {
        by = at::rand(by.sizes(), at::make_generator<at::CPUGeneratorImpl>(choice.seed)).to(scores.device());
    }
    const at::Tensor order = std::get<1>(at::sort(by, /*stable=*/true, -1, /*descending=*/true));
    return std::get<0>(order.slice(1, 0, capacity).sort(-1));
}

} // namespace

// Raposo et al. 2024 (arXiv 2404.02258), Eq. 1, with two deviations: f is multiplied by the sigmoid of the score
// instead of the score, which keeps small networks stable; and the class token, which has no rival, always takes part
// and is multiplied by 1.
at::Tensor VitBlocks::routed(const VitBlock& weights, const at::Tensor& x, const PositionContext& context,
                             const Pass& pass, int number) const
{
    const std::int64_t prefix = context.prefix, batch = x.size(0);
    const at::Tensor scores = weights.router(x).squeeze(-1); // [B,N]
    const std::int64_t capacity = context.routing.capacity > 0 ? context.routing.capacity : m_config.capacity;
    const at::Tensor patches = chosenPatches(scores.slice(1, prefix), context.routing, capacity);
    const at::Tensor tokens =
        at::cat({at::arange(prefix, patches.options()).expand({batch, -1}), patches + prefix}, 1); // [B,k]
    const at::Tensor factor =
        at::cat({at::ones({batch, prefix}, scores.options()), at::sigmoid(scores.gather(1, patches + prefix))}, 1)
            .unsqueeze(-1);
    const at::Tensor places = tokens.unsqueeze(-1).expand({-1, -1, x.size(2)});
    const at::Tensor taken = x.gather(1, places);
    PositionContext own = context;
    if (patches.size(1) < scores.size(1) - prefix)
        own.tokens = tokens[0]; // of a batch only the first picture can be shown
    const at::Tensor passed = block(weights, taken, own, pass, number);
    if (pass.keepsAttention()) pass.trace->blocks.back().router = scores[0].detach();
    return x.scatter_add(1, places, (passed - taken) * factor);
}

at::Tensor VitBlocks::run(at::Tensor x, const PositionContext& context, const Pass& pass) const
{
    int first = pass.firstBlock;
    for (const VitBlock& weights : m_blocks) {
        if (pass.skips(first)) {
            ++first;
            continue;
        }
        pass.checkpoint(first);
        x = pass.entering(first, x);
        x = weights.router.isDefined() ? routed(weights, x, context, pass, first)
                                       : block(weights, x, context, pass, first);
        ++first;
        pass.takeHidden(x);
    }
    return x;
}

} // namespace headlens
