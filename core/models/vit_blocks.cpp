// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/vit_blocks.h"

#include "core/models/vit_positions.h"
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
        block.before.eps = block.after.eps = block.queryNorm.eps = block.keyNorm.eps = m_config.eps;
}

void VitBlocks::visitBlock(VitBlock& block, const std::string& at, bool routed, const VisitWeight& visit)
{
    const std::int64_t d = m_config.width, m = m_config.mlpWidth, head = d / m_config.heads;
    const auto norm = [&](const std::string& name, LayerNorm& layer, std::int64_t width) {
        visit(at + name + ".weight", layer.weight, {width});
        visit(at + name + ".bias", layer.bias, {width});
    };
    const auto linear = [&](const std::string& name, Linear& layer, std::int64_t out, std::int64_t in, bool bias) {
        visit(at + name + ".weight", layer.weight, {out, in});
        if (bias) visit(at + name + ".bias", layer.bias, {out});
    };
    norm("layernorm_before", block.before, d);
    linear("attention.attention.query", block.query, d, d, m_config.queryBias);
    linear("attention.attention.key", block.key, d, d, m_config.keyBias);
    linear("attention.attention.value", block.value, d, d, m_config.valueBias);
    if (m_config.queryKeyNorm) {
        norm("attention.query_norm", block.queryNorm, head);
        norm("attention.key_norm", block.keyNorm, head);
    }
    if (m_config.relativeBias)
        visit(at + "relative_position_bias_table", block.biasTable,
              {(2 * m_config.gridHeight() - 1) * (2 * m_config.gridWidth() - 1) + 3, m_config.heads});
    linear("attention.output.dense", block.output, d, d, m_config.outputBias);
    if (m_config.layerScale) visit(at + "layer_scale1", block.scale1, {d});
    norm("layernorm_after", block.after, d);
    linear("intermediate.dense", block.up, m, d, m_config.mlpBias);
    if (m_config.gated) linear("gate", block.gate, m, d, m_config.mlpBias);
    linear("output.dense", block.down, d, m, m_config.mlpBias);
    if (m_config.layerScale) visit(at + "layer_scale2", block.scale2, {d});
    if (m_config.recipes > 0)
        visit(at + "recipe", block.recipe,
              {m_config.recipes, m_config.prefixTokens() + m_config.gridHeight() * m_config.gridWidth()});
    if (!routed) return;
    visit(at + "router.weight", block.router.weight, {1, d});
    visit(at + "router.bias", block.router.bias, {1});
}

void VitBlocks::visit(const VisitWeight& visit)
{
    for (std::size_t i = 0; i < m_blocks.size(); ++i)
        visitBlock(m_blocks[i], m_prefix + std::to_string(i) + ".", m_config.isRouted(std::int64_t(i)), visit);
    if (m_config.sharedRelativeBias)
        visit("encoder.relative_position_bias_table", m_sharedBias,
              {(2 * m_config.gridHeight() - 1) * (2 * m_config.gridWidth() - 1) + 3, m_config.heads});
}

void VitBlocks::pack(Precision precision)
{
    if (!packs(precision)) return;
    for (VitBlock& block : m_blocks) {
        for (Linear* layer : {&block.query, &block.key, &block.value, &block.up, &block.gate}) layer->pack(precision);
        block.output.pack(precision, block.scale1);
        block.down.pack(precision, block.scale2);
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

at::Tensor VitBlocks::attention(const VitBlock& block, const at::Tensor& x, const at::Tensor& residual,
                                const PositionContext& context, Trace* trace, int number) const
{
    const std::int64_t b = x.size(0), n = x.size(1), d = m_config.width, h = m_config.heads;
    const auto heads = [&](const at::Tensor& t) { return t.view({b, n, h, d / h}).transpose(1, 2); };
    AttentionRecord record; // views of what the layers wrote: nothing is copied for the trace
    record.q = heads(block.query(x));
    record.k = heads(block.key(x));
    if (m_config.queryKeyNorm) {
        record.q = block.queryNorm(record.q);
        record.k = block.keyNorm(record.k);
    }
    if (context.cosine.defined()) {
        record.q = rotated(record.q, context.prefix, context.cosine, context.sine);
        record.k = rotated(record.k, context.prefix, context.cosine, context.sine);
    }
    record.scale = 1.0 / std::sqrt(double(d / h));
    record.tower = m_tower;
    record.tokens = context.tokens;
    addBias(record, block, context);
    const at::Tensor value = heads(block.value(x));
    if (trace != nullptr && trace->keepsValues) record.v = value;
    const at::Tensor all =
        context.pattern.kind != AttentionPattern::Dense
            ? block.output.operand(attendBy(context.pattern, context.picture(), record, value, block.recipe))
        : context.maps != nullptr
            ? attendOpenly(record.q, record.k, value, record.scale, record.bias, {}, *context.maps)
            : attend(record.q, record.k, value, record.scale, record.bias, {}, block.output);
    const at::Tensor mixed = withoutHeads(all, h, number, context.silenced);
    if (trace != nullptr) trace->blocks.push_back(std::move(record));
    return block.output(mixed, {.scale = block.scale1, .added = residual});
}

at::Tensor VitBlocks::block(const VitBlock& block, const at::Tensor& x, const PositionContext& context, Trace* trace,
                            int number) const
{
    const at::Tensor y = attention(block, block.before(x, block.value), x, context, trace, number);
    const at::Tensor normed = block.after(y, block.up);
    const bool gated = block.gate.isDefined();
    const at::Tensor inner =
        gated ? block.up(normed, {.factor = block.gate(normed, {.activation = m_activation, .feedsLinear = true}),
                                  .feedsLinear = true})
              : block.up(normed, {.activation = m_activation, .feedsLinear = true});
    return block.down(inner, {.scale = block.scale2, .added = y});
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
at::Tensor VitBlocks::routed(const VitBlock& weights, const at::Tensor& x, const PositionContext& context, Trace* trace,
                             int number) const
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
    const at::Tensor passed = block(weights, taken, own, trace, number);
    if (trace != nullptr) trace->blocks.back().router = scores[0].detach();
    return x.scatter_add(1, places, (passed - taken) * factor);
}

at::Tensor VitBlocks::run(at::Tensor x, const PositionContext& context, const JobControl& control, int done, int total,
                          Trace* trace, std::vector<at::Tensor>* hidden) const
{
    for (const VitBlock& weights : m_blocks) {
        control.checkpoint(done, total, "forward");
        x = weights.router.isDefined() ? routed(weights, x, context, trace, done)
                                       : block(weights, x, context, trace, done);
        ++done;
        if (hidden != nullptr) hidden->push_back(x);
    }
    return x;
}

} // namespace headlens
