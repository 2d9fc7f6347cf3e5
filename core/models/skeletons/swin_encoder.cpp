// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/swin_encoder.h"

#include "core/nn/window_tensors.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens {
namespace {

constexpr std::int64_t kCoordinateWidth = 512;
constexpr double kPlainEps = 1e-5; // patch and merging norms ignore the configuration

at::Tensor unitVectors(const at::Tensor& heads)
{
    constexpr double kNormEps = 1e-12; // does not exist in float16
    const at::Tensor wide = heads.to(at::kFloat);
    return (wide / wide.norm(2, -1, true).clamp_min(kNormEps)).to(heads.scalar_type());
}

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

void SwinEncoder::visitBlock(SwinBlock& block, const SwinStage& stage, const Weights& weights)
{
    const std::int64_t d = stage.width, m = std::int64_t(double(d) * m_config.mlpRatio);
    const Weights self = weights.in("attention.self");
    weights.norm("layernorm_before", block.before, d);
    self.linear("query", block.attention.query, d, d, m_config.queryKeyValueBias);
    self.linear("key", block.attention.key, d, d, m_config.keyBias);
    self.linear("value", block.attention.value, d, d, m_config.queryKeyValueBias);
    if (m_config.version == 1) {
        self("relative_position_bias_table", block.biasTable,
             {(2 * stage.windowHeight - 1) * (2 * stage.windowWidth - 1), stage.heads});
    } else {
        self("logit_scale", block.logitScale, {stage.heads, 1, 1});
        self.linear("continuous_position_bias_mlp.0", block.coordinatesUp, kCoordinateWidth, 2);
        self.linear("continuous_position_bias_mlp.2", block.coordinatesDown, stage.heads, kCoordinateWidth,
                    /*bias=*/false);
    }
    weights.linear("attention.output.dense", block.attention.output, d, d);
    weights.norm("layernorm_after", block.after, d);
    weights.linear("intermediate.dense", block.mlp.up, m, d);
    weights.linear("output.dense", block.mlp.down, d, m);
}

void SwinEncoder::visit(const Weights& weights)
{
    const std::int64_t first = m_config.stages[0].width, p = m_config.patch;
    const Weights embeddings = weights.in("embeddings"), projection = embeddings.in("patch_embeddings.projection");
    projection("weight", m_patches.layer.weight, {first, m_config.channels, p, p});
    projection("bias", m_patches.layer.bias, {first});
    if (m_config.patchNorm) embeddings.norm("norm", m_patchNorm, first);
    if (m_config.absolutePositions)
        embeddings("position_embeddings", m_positions,
                   {1, (m_config.imageHeight / p) * (m_config.imageWidth / p), first});
    for (std::size_t s = 0; s < m_stages.size(); ++s) {
        const SwinStage& stage = m_config.stages[s];
        const std::int64_t d = stage.width;
        const Weights place = weights.in("encoder.layers." + std::to_string(s)), blocks = place.in("blocks");
        for (std::size_t i = 0; i < m_stages[s].size(); ++i)
            visitBlock(m_stages[s][i], stage, blocks.in(std::to_string(i)));
        if (s + 1 == m_stages.size()) continue;
        place("downsample.reduction.weight", m_mergings[s].reduction.weight, {2 * d, 4 * d});
        place.norm("downsample.norm", m_mergings[s].norm, m_config.version == 1 ? 4 * d : 2 * d);
    }
    weights.norm("layernorm", m_final, m_config.lastWidth());
}

void SwinEncoder::pack(Precision precision)
{
    m_patches.pack(precision);
    for (auto& stage : m_stages)
        for (SwinBlock& block : stage) {
            block.attention.pack(precision);
            block.mlp.pack(precision);
        }
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

AttentionCall SwinEncoder::callFor(const SwinBlock& block, const SwinStage& stage, const WindowGrid& grid,
                                   std::int64_t pictures) const
{
    AttentionCall call;
    call.heads = stage.heads;
    AttentionRecord& record = call.record;
    record.scale = 1.0 / std::sqrt(double(stage.width / stage.heads));
    if (m_config.version == 2) { // cosine attention: the scale of each head goes into its queries
        record.scale = 1;
        call.place = [&block](at::Tensor& q, at::Tensor& k) {
            constexpr double kLargestLog = 4.605170185988092; // ln 100
            q = unitVectors(q) * block.logitScale.clamp_max(kLargestLog).exp();
            k = unitVectors(k);
        };
    }
    record.windows = grid;
    record.biasTable = biasTable(block, stage);
    record.bias = biasFromTable(record.biasTable, grid).unsqueeze(0); // [1,H,n,n]
    if (grid.isShifted()) record.mask = shiftMask(grid).to(block.before.weight.options()).repeat({pictures, 1, 1, 1});
    return call;
}

at::Tensor SwinEncoder::block(const SwinBlock& block, const SwinStage& stage, const at::Tensor& x,
                              const WindowGrid& grid, const Pass& pass, int number) const
{
    const auto hooked = [&](HookPoint point, const at::Tensor& t) { return pass.hooked(point, number, t); };
    const auto attention = [&](const at::Tensor& t) {
        AttentionCall call = callFor(block, stage, grid, t.size(0));
        call.x = block.attention.value.operand(intoWindows(t, grid));
        call.block = number;
        return block.attention.output(attended(block.attention, std::move(call), pass));
    };
    // x + what comes out of the windows, in one pass over the memory where nobody looks.
    const auto joined = [&](const at::Tensor& windows, const auto& look) {
        const bool isSeen = pass.isHooked(HookPoint::AttentionOutput, number) ||
                            (m_config.version == 2 && pass.isHooked(HookPoint::FirstNorm, number));
        if (!isSeen) return outOfWindows(windows, grid, x);
        const std::int64_t pictures = windows.size(0) / grid.windows(); // a hook may have made more of one
        return x + look(outOfWindows(windows, grid, at::zeros({pictures, x.size(1), x.size(2)}, x.options())));
    };
    if (m_config.version == 2) { // norms of what is added, each row by itself: no matter where it is
        const at::Tensor y = joined(block.before(attention(x)), [&](const at::Tensor& t) {
            return hooked(HookPoint::AttentionOutput, hooked(HookPoint::FirstNorm, t));
        });
        const at::Tensor made = block.after(block.mlp.down(block.mlp.inner(y, m_activation)));
        return y + hooked(HookPoint::MlpOutput, hooked(HookPoint::SecondNorm, made));
    }
    const at::Tensor y = joined(attention(hooked(HookPoint::FirstNorm, block.before(x, block.attention.value))),
                                [&](const at::Tensor& t) { return hooked(HookPoint::AttentionOutput, t); });
    const at::Tensor second = hooked(HookPoint::SecondNorm, block.after(y, block.mlp.up));
    return pass.added({HookPoint::MlpOutput, number, y}, block.mlp.down, block.mlp.inner(second, m_activation));
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

SwinEncoder::Encoded SwinEncoder::encode(const at::Tensor& pixels, const JobControl& control,
                                         const PassOptions& options) const
{
    Encoded result;
    const Pass pass(options, &result.trace, &control, m_config.blocks());
    std::int64_t height = 0, width = 0;
    at::Tensor x = embed(pixels, height, width);
    result.gridHeight = height;
    result.gridWidth = width;
    pass.takeHidden(x);
    int number = 0; // in execution order
    for (std::size_t s = 0; s < m_stages.size(); ++s) {
        for (std::size_t i = 0; i < m_stages[s].size(); ++i) {
            if (pass.skips(number)) {
                ++number;
                continue;
            }
            pass.checkpoint(number);
            const WindowGrid grid = windowsOf(m_config, s, std::int64_t(i), height, width);
            x = block(m_stages[s][i], m_config.stages[s], pass.entering(number, x), grid, pass, number);
            x = pass.hooked(HookPoint::ResidualAfter, number++, x);
            if (pass.keepsAttention())
                result.trace.blocks.back().cell = m_config.patch << s; // maps are halved between stages
            pass.takeHidden(x);
        }
        if (s + 1 < m_stages.size()) x = merge(m_mergings[s], x, height, width); // of no use where blocks are skipped
    }
    pass.checkpoint(pass.total);
    result.normed = m_final(x);
    return result;
}

} // namespace headlens
