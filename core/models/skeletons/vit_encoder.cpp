// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/vit_encoder.h"

#include "core/nn/grid_positions.h"

#include <ATen/ATen.h>

namespace headlens {

VitEncoder::VitEncoder(const VitConfig& config)
    : m_config(config), m_prefixTokens(config.prefix.size()), m_blocks(config, "encoder.layer.")
{
    m_final.eps = m_before.eps = m_config.eps;
    m_patches.patch = m_config.patch;
}

void VitEncoder::visit(const Weights& weights)
{
    const std::int64_t d = m_config.width, p = m_config.patch;
    const Weights embeddings = weights.in("embeddings"), projection = embeddings.in("patch_embeddings.projection");
    for (std::size_t i = 0; i < m_prefixTokens.size(); ++i)
        embeddings(m_config.prefix[i].weight, m_prefixTokens[i], {1, m_config.prefix[i].count, d});
    if (m_config.positions)
        embeddings("position_embeddings", m_positions,
                   {1, m_config.positionedPrefix + m_config.gridHeight() * m_config.gridWidth(), d});
    projection("weight", m_patches.layer.weight, {d, m_config.channels, p, p});
    if (m_config.patchBias) projection("bias", m_patches.layer.bias, {d});
    if (m_config.normBefore) embeddings.norm("norm_pre", m_before, d);
    m_blocks.visit(weights);
    if (m_config.finalNorm) weights.norm("layernorm", m_final, d);
}

void VitEncoder::replacePositions(const at::Tensor& positions, std::int64_t imageHeight, std::int64_t imageWidth)
{
    m_positions = positions;
    m_config.imageHeight = imageHeight;
    m_config.imageWidth = imageWidth;
}

at::Tensor VitEncoder::positionsFor(std::int64_t gridHeight, std::int64_t gridWidth, bool squarePixels) const
{
    return resizedPositions(m_positions, m_config.positionedPrefix, m_config.gridHeight(), m_config.gridWidth(),
                            gridHeight, gridWidth, m_config.interpolation, squarePixels);
}

PositionTable VitEncoder::positionTable(std::int64_t gridHeight, std::int64_t gridWidth) const
{
    if (m_config.positions) return {"learnt", positionsFor(gridHeight, gridWidth)[0]};
    if (m_config.relativeBias || m_config.sharedRelativeBias) return {"relative", {}};
    const PositionContext context = contextFor(gridHeight, gridWidth, at::TensorOptions(at::kFloat));
    if (!context.cosine.defined()) return {};
    return {"rotary", at::cat({context.cosine, context.sine}, 1)};
}

at::Tensor VitEncoder::patches(const at::Tensor& pixels, std::int64_t& gridHeight, std::int64_t& gridWidth) const
{
    const at::Tensor grid = m_patches(pixels); // [B,gh,gw,D]
    gridHeight = grid.size(1);
    gridWidth = grid.size(2);
    return grid.flatten(1, 2); // [B,gh*gw,D], row-major
}

// The learnt tokens before the patches; those that have a position get theirs.
at::Tensor VitEncoder::withPrefix(const at::Tensor& patches, const at::Tensor& positions) const
{
    std::vector<at::Tensor> parts;
    std::int64_t token = 0;
    for (std::size_t i = 0; i < m_prefixTokens.size(); ++i) {
        const std::int64_t count = m_config.prefix[i].count;
        at::Tensor tokens = m_prefixTokens[i];
        if (positions.defined() && token + count <= m_config.positionedPrefix)
            tokens = tokens + positions.slice(1, token, token + count);
        token += count;
        parts.push_back(tokens.expand({patches.size(0), -1, -1}));
    }
    parts.push_back(patches);
    const at::Tensor x = at::cat(parts, 1);
    return m_config.normBefore ? m_before(x) : x;
}

PositionContext VitEncoder::contextFor(std::int64_t gridHeight, std::int64_t gridWidth,
                                       const at::TensorOptions& like) const
{
    PositionContext context{gridHeight, gridWidth, m_config.prefixTokens()};
    if (m_config.ropeTheta <= 0) return context;
    std::tie(context.cosine, context.sine) =
        rotaryAngles(gridHeight, gridWidth, m_config.width / m_config.heads, m_config.ropeTheta, m_periods);
    context.cosine = context.cosine.to(like);
    context.sine = context.sine.to(like);
    return context;
}

VitEncoder::Encoded VitEncoder::encode(const at::Tensor& pixels, const JobControl& control, const PassOptions& options,
                                       const RoutingChoice& routing, const AttentionPattern& pattern) const
{
    Encoded result;
    const Pass pass(options, &result.trace, &control, blocks());
    at::Tensor x = patches(pixels, result.gridHeight, result.gridWidth);
    at::Tensor positions;
    if (m_config.positions) {
        positions = positionsFor(result.gridHeight, result.gridWidth, pixels.size(2) == pixels.size(3));
        x = x + positions.slice(1, m_config.positionedPrefix);
    }
    x = withPrefix(x, positions);
    pass.takeHidden(x);
    PositionContext context = contextFor(result.gridHeight, result.gridWidth, x.options());
    context.routing = routing;
    context.pattern = pattern;
    result.last = m_blocks.run(x, context, pass);
    pass.checkpoint(blocks());
    result.normed = finalNorm(result.last);
    return result;
}

VitEncoder::Encoded VitEncoder::encodeKept(const at::Tensor& pixels, const at::Tensor& kept, const JobControl& control,
                                           int more, const PassOptions& options) const
{
    Encoded result;
    Pass pass(options, &result.trace, &control, blocks() + more);
    pass.keep.attention = true; // the decoder's records would stand alone
    at::Tensor x = patches(pixels, result.gridHeight, result.gridWidth);
    const at::Tensor positions = positionsFor(result.gridHeight, result.gridWidth, pixels.size(2) == pixels.size(3));
    x = x + positions.slice(1, m_config.positionedPrefix);
    x = x.gather(1, kept.unsqueeze(-1).expand({-1, -1, x.size(2)})); // [B,n,D]
    x = withPrefix(x, positions);
    PositionContext context = contextFor(result.gridHeight, result.gridWidth, x.options());
    // Of a batch only the first picture can be shown; its tokens are named.
    context.tokens = at::cat({at::arange(context.prefix, kept.options()), kept[0] + context.prefix});
    pass.takeHidden(x);
    result.last = m_blocks.run(x, context, pass);
    result.normed = finalNorm(result.last);
    return result;
}

} // namespace headlens
