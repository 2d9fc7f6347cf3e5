// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/vit_blocks.h"

#include "core/models/vit_positions.h"
#include "core/tensors/packed_linear.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens {

VitBlocks::VitBlocks(const VitConfig& config, std::string prefix, std::string tower)
    : m_config(config), m_prefix(std::move(prefix)), m_tower(std::move(tower)),
      m_activation(activationFrom(m_config.activation)), m_blocks(std::size_t(m_config.layers))
{
    for (VitBlock& block : m_blocks)
        block.before.eps = block.after.eps = block.queryNorm.eps = block.keyNorm.eps = m_config.eps;
}

void VitBlocks::visitBlock(VitBlock& block, const std::string& at, const VisitWeight& visit)
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
}

void VitBlocks::visit(const VisitWeight& visit)
{
    for (std::size_t i = 0; i < m_blocks.size(); ++i)
        visitBlock(m_blocks[i], m_prefix + std::to_string(i) + ".", visit);
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
    const at::Tensor all = context.maps != nullptr
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

at::Tensor VitBlocks::run(at::Tensor x, const PositionContext& context, const JobControl& control, int done, int total,
                          Trace* trace, std::vector<at::Tensor>* hidden) const
{
    for (const VitBlock& weights : m_blocks) {
        control.checkpoint(done, total, "forward");
        x = block(weights, x, context, trace, done++);
        if (hidden != nullptr) hidden->push_back(x);
    }
    return x;
}

} // namespace headlens
