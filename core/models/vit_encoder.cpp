// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/vit_encoder.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens {

VitEncoder::VitEncoder(VitConfig config, std::vector<std::string> prefix)
    : m_config(std::move(config)), m_activation(activationFrom(m_config.activation)), m_prefix(std::move(prefix)),
      m_prefixTokens(m_prefix.size()), m_blocks(std::size_t(m_config.layers))
{
    m_final.eps = m_config.eps;
    for (VitBlock& block : m_blocks) block.before.eps = block.after.eps = m_config.eps;
}

void VitEncoder::visit(const Visit& visit)
{
    const std::int64_t d = m_config.width, m = m_config.mlpWidth, p = m_config.patch;
    const auto tokens = std::int64_t(m_prefix.size()) + m_config.gridHeight() * m_config.gridWidth();
    const auto norm = [&](const std::string& name, LayerNorm& layer) {
        visit(name + ".weight", layer.weight, {d});
        visit(name + ".bias", layer.bias, {d});
    };
    const auto linear = [&](const std::string& name, Linear& layer, std::int64_t out, std::int64_t in,
                            bool bias = true) {
        visit(name + ".weight", layer.weight, {out, in});
        if (bias) visit(name + ".bias", layer.bias, {out});
    };
    for (std::size_t i = 0; i < m_prefix.size(); ++i) visit("embeddings." + m_prefix[i], m_prefixTokens[i], {1, 1, d});
    visit("embeddings.position_embeddings", m_positions, {1, tokens, d});
    visit("embeddings.patch_embeddings.projection.weight", m_patches.weight, {d, m_config.channels, p, p});
    visit("embeddings.patch_embeddings.projection.bias", m_patches.bias, {d});
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        VitBlock& block = m_blocks[i];
        const std::string at = "encoder.layer." + std::to_string(i) + ".";
        norm(at + "layernorm_before", block.before);
        if (block.fused.weight.defined()) {
            visit(at + "attention.attention.qkv.weight", block.fused.weight, {3 * d, d});
            if (block.fused.bias.defined()) visit(at + "attention.attention.qkv.bias", block.fused.bias, {3 * d});
        } else {
            linear(at + "attention.attention.query", block.query, d, d, m_config.queryKeyValueBias);
            linear(at + "attention.attention.key", block.key, d, d, m_config.queryKeyValueBias);
            linear(at + "attention.attention.value", block.value, d, d, m_config.queryKeyValueBias);
        }
        linear(at + "attention.output.dense", block.output, d, d);
        norm(at + "layernorm_after", block.after);
        linear(at + "intermediate.dense", block.up, m, d);
        linear(at + "output.dense", block.down, d, m);
    }
    norm("layernorm", m_final);
}

void VitEncoder::fuse()
{
    for (VitBlock& block : m_blocks) {
        block.fused.weight = at::cat({block.query.weight, block.key.weight, block.value.weight});
        if (m_config.queryKeyValueBias)
            block.fused.bias = at::cat({block.query.bias, block.key.bias, block.value.bias});
        block.query = block.key = block.value = {};
    }
}

void VitEncoder::replacePositions(const at::Tensor& positions, std::int64_t imageHeight, std::int64_t imageWidth)
{
    m_positions = positions;
    m_config.imageHeight = imageHeight;
    m_config.imageWidth = imageWidth;
}

at::Tensor VitEncoder::positionsFor(std::int64_t gridHeight, std::int64_t gridWidth) const
{
    if (gridHeight == m_config.gridHeight() && gridWidth == m_config.gridWidth()) return m_positions;
    const auto prefix = std::int64_t(m_prefix.size());
    const at::Tensor patches = m_positions.slice(1, prefix)
                                   .view({1, m_config.gridHeight(), m_config.gridWidth(), m_config.width})
                                   .permute({0, 3, 1, 2}); // [1,D,gh,gw]
    const at::Tensor resized = at::upsample_bicubic2d(patches, {gridHeight, gridWidth}, /*align_corners=*/false)
                                   .permute({0, 2, 3, 1})
                                   .reshape({1, gridHeight * gridWidth, m_config.width});
    return at::cat({m_positions.slice(1, 0, prefix), resized}, 1);
}

at::Tensor VitEncoder::embed(const at::Tensor& pixels) const
{
    const std::int64_t p = m_config.patch;
    const at::Tensor grid = at::conv2d(pixels, m_patches.weight, m_patches.bias, {p, p}); // [B,D,gh,gw]
    const std::int64_t gridHeight = grid.size(2), gridWidth = grid.size(3);
    std::vector<at::Tensor> parts;
    for (const at::Tensor& token : m_prefixTokens) parts.push_back(token.expand({pixels.size(0), -1, -1}));
    parts.push_back(grid.flatten(2).transpose(1, 2)); // [B,gh*gw,D], row-major
    return at::cat(parts, 1) + positionsFor(gridHeight, gridWidth);
}

at::Tensor VitEncoder::block(const VitBlock& weights, const at::Tensor& x, Trace* trace) const
{
    const std::int64_t b = x.size(0), n = x.size(1), d = m_config.width, h = m_config.heads;
    const double scale = 1.0 / std::sqrt(double(d / h));
    const at::Tensor normed = weights.before(x);
    const auto heads = [&](const at::Tensor& t) { return t.view({b, n, h, d / h}).transpose(1, 2).contiguous(); };
    at::Tensor q, k, v; // [B,H,N,d/H] each
    if (weights.fused.weight.defined()) {
        const auto parts = weights.fused(normed).chunk(3, -1);
        // Contiguous copies: a view of the fused product would keep the values alive inside the trace.
        q = parts[0].reshape({b, n, h, d / h}).transpose(1, 2).contiguous();
        k = parts[1].reshape({b, n, h, d / h}).transpose(1, 2).contiguous();
        v = parts[2].reshape({b, n, h, d / h}).transpose(1, 2).contiguous();
    } else {
        q = heads(weights.query(normed));
        k = heads(weights.key(normed));
        v = heads(weights.value(normed));
    }
    if (trace != nullptr) trace->blocks.push_back({q, k, scale, {}});
    const at::Tensor mixed = attend(q, k, v, scale).transpose(1, 2).reshape({b, n, d});
    const at::Tensor y = x + weights.output(mixed);
    return y + weights.down(activate(m_activation, weights.up(weights.after(y))));
}

VitEncoder::Encoded VitEncoder::encode(const at::Tensor& pixels, const JobControl& control, bool keepTrace) const
{
    Encoded result;
    Trace* trace = keepTrace ? &result.trace : nullptr;
    at::Tensor x = embed(pixels);
    if (keepTrace) trace->hidden.push_back(x);
    const int total = int(m_blocks.size());
    for (int i = 0; i < total; ++i) {
        control.checkpoint(i, total, "forward");
        x = block(m_blocks[std::size_t(i)], x, trace);
        if (keepTrace) trace->hidden.push_back(x);
    }
    control.checkpoint(total, total, "forward");
    result.normed = m_final(x);
    return result;
}

} // namespace headlens
