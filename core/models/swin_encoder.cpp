// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/swin_encoder.h"

#include "core/models/swin_windows.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens {
namespace {

constexpr std::int64_t kCoordinateWidth = 512;
constexpr double kPlainEps = 1e-5; // patch and merging norms ignore the configuration

} // namespace

SwinEncoder::SwinEncoder(SwinConfig config)
    : m_config(std::move(config)), m_activation(activationFrom(m_config.activation))
{
    for (const SwinStage& stage : m_config.stages) {
        m_stages.emplace_back(std::size_t(stage.depth));
        for (SwinBlock& block : m_stages.back()) block.before.eps = block.after.eps = m_config.eps;
    }
    m_mergings.resize(m_stages.size() - 1);
    for (SwinMerging& merging : m_mergings) merging.norm.eps = kPlainEps;
    m_patchNorm.eps = kPlainEps;
    m_patches.patch = m_config.patch;
    m_final.eps = m_config.eps;
}

void SwinEncoder::visit(const Visit& visit)
{
    const std::int64_t first = m_config.stages[0].width, p = m_config.patch;
    const auto norm = [&](const std::string& name, LayerNorm& layer, std::int64_t width) {
        visit(name + ".weight", layer.weight, {width});
        visit(name + ".bias", layer.bias, {width});
    };
    const auto linear = [&](const std::string& name, Linear& layer, std::int64_t out, std::int64_t in,
                            bool bias = true) {
        visit(name + ".weight", layer.weight, {out, in});
        if (bias) visit(name + ".bias", layer.bias, {out});
    };
    visit("embeddings.patch_embeddings.projection.weight", m_patches.layer.weight, {first, m_config.channels, p, p});
    visit("embeddings.patch_embeddings.projection.bias", m_patches.layer.bias, {first});
    if (m_config.patchNorm) norm("embeddings.norm", m_patchNorm, first);
    if (m_config.absolutePositions)
        visit("embeddings.position_embeddings", m_positions,
              {1, (m_config.imageHeight / p) * (m_config.imageWidth / p), first});
    for (std::size_t s = 0; s < m_stages.size(); ++s) {
        const SwinStage& stage = m_config.stages[s];
        const std::int64_t d = stage.width, m = std::int64_t(double(d) * m_config.mlpRatio);
        const std::string place = "encoder.layers." + std::to_string(s);
        for (std::size_t i = 0; i < m_stages[s].size(); ++i) {
            SwinBlock& block = m_stages[s][i];
            const std::string at = place + ".blocks." + std::to_string(i) + ".", self = at + "attention.self.";
            norm(at + "layernorm_before", block.before, d);
            linear(self + "query", block.query, d, d, m_config.queryKeyValueBias);
            linear(self + "key", block.key, d, d, m_config.keyBias);
            linear(self + "value", block.value, d, d, m_config.queryKeyValueBias);
            if (m_config.version == 1) {
                visit(self + "relative_position_bias_table", block.biasTable,
                      {(2 * stage.windowHeight - 1) * (2 * stage.windowWidth - 1), stage.heads});
            } else {
                visit(self + "logit_scale", block.logitScale, {stage.heads, 1, 1});
                linear(self + "continuous_position_bias_mlp.0", block.coordinatesUp, kCoordinateWidth, 2);
                linear(self + "continuous_position_bias_mlp.2", block.coordinatesDown, stage.heads, kCoordinateWidth,
                       /*bias=*/false);
            }
            linear(at + "attention.output.dense", block.output, d, d);
            norm(at + "layernorm_after", block.after, d);
            linear(at + "intermediate.dense", block.up, m, d);
            linear(at + "output.dense", block.down, d, m);
        }
        if (s + 1 == m_stages.size()) continue;
        visit(place + ".downsample.reduction.weight", m_mergings[s].reduction.weight, {2 * d, 4 * d});
        norm(place + ".downsample.norm", m_mergings[s].norm, m_config.version == 1 ? 4 * d : 2 * d);
    }
    norm("layernorm", m_final, m_config.lastWidth());
}

void SwinEncoder::pack(Precision precision)
{
    m_patches.pack(precision);
    for (auto& stage : m_stages)
        for (SwinBlock& block : stage)
            for (Linear* layer : {&block.query, &block.key, &block.value, &block.output, &block.up, &block.down})
                layer->pack(precision);
    for (SwinMerging& merging : m_mergings) merging.reduction.pack(precision);
}

void SwinEncoder::setCoordinates(std::size_t stage, std::int64_t block, const at::Tensor& table)
{
    m_stages.at(stage).at(std::size_t(block)).coordinates = table;
}

void SwinEncoder::resizePictures(std::int64_t height, std::int64_t width)
{
    m_config.imageHeight = height;
    m_config.imageWidth = width;
}

at::Tensor SwinEncoder::embed(const at::Tensor& pixels, std::int64_t& height, std::int64_t& width) const
{
    const std::int64_t p = m_config.patch;
    const bool pads = m_config.rule == WindowRule::HuggingFace; // torchvision's convolution drops the rest
    const std::int64_t below = pads ? (p - pixels.size(2) % p) % p : 0, right = pads ? (p - pixels.size(3) % p) % p : 0;
    const at::Tensor padded = below + right > 0 ? at::constant_pad_nd(pixels, {0, right, 0, below}) : pixels;
    const at::Tensor grid = m_patches(padded); // [B,h,w,D]
    height = grid.size(1);
    width = grid.size(2);
    at::Tensor x = grid.flatten(1, 2); // [B,h*w,D]
    if (m_config.patchNorm) x = m_patchNorm(x);
    if (!m_positions.defined()) return x;
    const std::int64_t trainedHeight = m_config.imageHeight / p, trainedWidth = m_config.imageWidth / p;
    if (trainedHeight == height && trainedWidth == width) return x + m_positions;
    const at::Tensor table = m_positions.view({1, trainedHeight, trainedWidth, -1}).permute({0, 3, 1, 2});
    return x + at::upsample_bicubic2d(table, {height, width}, false).flatten(2).transpose(1, 2);
}

at::Tensor SwinEncoder::biasTable(const SwinBlock& block, const SwinStage& stage) const
{
    const std::int64_t rows = 2 * stage.windowHeight - 1, columns = 2 * stage.windowWidth - 1;
    if (m_config.version == 1) return block.biasTable.view({rows, columns, stage.heads}).permute({2, 0, 1});
    const at::Tensor coordinates =
        block.coordinates.defined()
            ? block.coordinates.view({rows, columns, 2}).to(block.logitScale.options())
            : logSpacedCoordinates(stage.windowHeight, stage.windowWidth, stage.pretrainedWindow)
                  .to(block.logitScale.options());
    const at::Tensor raw = block.coordinatesDown(at::relu(block.coordinatesUp(coordinates))); // [rows,columns,H]
    return (16 * at::sigmoid(raw)).permute({2, 0, 1});
}

at::Tensor SwinEncoder::attention(const SwinBlock& block, const SwinStage& stage, const at::Tensor& windows,
                                  std::int64_t pictures, const WindowGrid& grid, const Pass& pass) const
{
    const std::int64_t d = stage.width, h = stage.heads, n = grid.tokensPerWindow();
    const auto heads = [&](const at::Tensor& t) { return t.view({-1, n, h, d / h}).transpose(1, 2); };
    const at::Tensor operand = block.value.operand(windows);
    at::Tensor q = heads(block.query(operand)), k = heads(block.key(operand)); // [B*nW,H,n,d/H] each
    AttentionRecord record;
    record.scale = 1.0 / std::sqrt(double(d / h));
    if (m_config.version == 2) { // cosine attention: the scale of each head goes into its queries
        constexpr double kLargestLog = 4.605170185988092; // ln 100
        constexpr double kNormEps = 1e-12;
        const auto unit = [&](const at::Tensor& t) { // kNormEps does not exist in float16
            const at::Tensor wide = t.to(at::kFloat);
            return (wide / wide.norm(2, -1, true).clamp_min(kNormEps)).to(t.scalar_type());
        };
        q = unit(q) * block.logitScale.clamp_max(kLargestLog).exp();
        k = unit(k);
        record.scale = 1;
    }
    const at::Tensor table = biasTable(block, stage);
    record.bias = biasFromTable(table, grid).unsqueeze(0); // [1,H,n,n]
    if (grid.isShifted()) record.mask = shiftMask(grid).to(windows.options()).repeat({pictures, 1, 1, 1});
    const at::Tensor v = heads(block.value(operand));
    const at::Tensor mixed = withoutHeads(attend(q, k, v, record.scale, record.bias, record.mask, block.output), h,
                                          pass.block, *pass.silenced);
    if (pass.trace != nullptr) {
        record.q = q;
        record.k = k;
        if (pass.trace->keepsValues) record.v = v;
        record.windows = grid;
        record.biasTable = table;
        pass.trace->blocks.push_back(std::move(record));
    }
    return block.output(mixed);
}

at::Tensor SwinEncoder::block(const SwinBlock& block, const SwinStage& stage, const at::Tensor& x,
                              const WindowGrid& grid, const Pass& pass) const
{
    const auto attended = [&](const at::Tensor& t) {
        return attention(block, stage, intoWindows(t, grid), t.size(0), grid, pass);
    };
    const auto inner = [&](const at::Tensor& t) {
        return block.up(t, {.activation = m_activation, .feedsLinear = true});
    };
    if (m_config.version == 2) {
        const at::Tensor y =
            outOfWindows(block.before(attended(x)), grid, x); // a norm of each row: no matter where it is
        return y + block.after(block.down(inner(y)));
    }
    const at::Tensor y = outOfWindows(attended(block.before(x, block.value)), grid, x);
    return block.down(inner(block.after(y, block.up)), {.added = y});
}

at::Tensor SwinEncoder::merge(const SwinMerging& merging, const at::Tensor& x, std::int64_t& height,
                              std::int64_t& width) const
{
    const std::int64_t pictures = x.size(0), d = x.size(2);
    at::Tensor map = x.view({pictures, height, width, d});
    map = at::constant_pad_nd(map, {0, 0, 0, width % 2, 0, height % 2});
    height = map.size(1) / 2;
    width = map.size(2) / 2;
    // The four children in the order (row,column) = (0,0), (1,0), (0,1), (1,1).
    const at::Tensor children = map.view({pictures, height, 2, width, 2, d}).permute({0, 1, 3, 4, 2, 5});
    const at::Tensor joined = children.reshape({pictures, height * width, 4 * d});
    return m_config.version == 1 ? merging.reduction(merging.norm(joined, merging.reduction))
                                 : merging.norm(merging.reduction(joined));
}

SwinEncoder::Encoded SwinEncoder::encode(const at::Tensor& pixels, const JobControl& control, Keep keep,
                                         const std::vector<HeadAddress>& silenced) const
{
    Encoded result;
    result.trace.keepsValues = keep.values;
    Pass pass{keep.attention ? &result.trace : nullptr, &silenced, 0};
    std::int64_t height = 0, width = 0;
    at::Tensor x = embed(pixels, height, width);
    result.gridHeight = height;
    result.gridWidth = width;
    if (keep.hidden) result.trace.hidden[""].push_back(x);
    const int total = m_config.blocks();
    for (std::size_t s = 0; s < m_stages.size(); ++s) {
        for (std::size_t i = 0; i < m_stages[s].size(); ++i) {
            control.checkpoint(pass.block, total, "forward");
            const WindowGrid grid = windowsOf(m_config, s, std::int64_t(i), height, width);
            x = block(m_stages[s][i], m_config.stages[s], x, grid, pass);
            ++pass.block;
            if (keep.hidden) result.trace.hidden[""].push_back(x);
        }
        if (s + 1 < m_stages.size()) x = merge(m_mergings[s], x, height, width);
    }
    control.checkpoint(total, total, "forward");
    result.normed = m_final(x);
    return result;
}

} // namespace headlens
