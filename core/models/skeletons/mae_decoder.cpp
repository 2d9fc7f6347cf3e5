// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/mae_decoder.h"

#include "core/nn/grid_positions.h"
#include "core/wire/json_fields.h"

#include <ATen/ATen.h>

namespace headlens {

// The published decoders: 16 heads of width 512.
static std::int64_t decoderHeads(std::int64_t width)
{
    return width % 16 == 0 ? 16 : 1;
}

MaeSettings maeSettingsOf(const Checkpoint& checkpoint, const ModelSettings& settings, const VitConfig& encoder,
                          std::vector<std::string>& assumptions)
{
    MaeSettings decoder{encoder};
    VitConfig& blocks = decoder.blocks;
    blocks.layers = 0;
    while (checkpoint.has("decoder.layer." + std::to_string(blocks.layers) + ".layernorm_before.weight"))
        ++blocks.layers;
    blocks.width = extentOf(checkpoint, "decoder.decoder_embed.weight", 0);
    blocks.mlpWidth = extentOf(checkpoint, "decoder.layer.0.intermediate.dense.weight", 0);
    blocks.heads = decoderHeads(blocks.width);
    static const Json kNone = Json::object();
    const bool described = !modelTypeOf(checkpoint).empty();
    const std::string subject = checkpoint.path() + "/config.json";
    const JsonFields fields(described ? *checkpoint.config() : kNone, subject);
    if (described) {
        blocks.heads = fields.integer("decoder_num_attention_heads", 16, 1, 1'024);
        decoder.maskRatio = fields.real("mask_ratio", decoder.maskRatio, 0, 0.99);
        decoder.normalisedPixels = fields.flag("norm_pix_loss", false);
    } else {
        blocks.heads = settingOf(settings, "decoder_num_heads", blocks.heads);
        assumptions.push_back("decoder heads: " + std::to_string(blocks.heads) + ", mask ratio: 0.75");
    }
    if (blocks.layers < 1 || blocks.width % blocks.heads != 0)
        throw Error(ErrorCode::BadConfig, checkpoint.path(), "has a decoder whose heads do not divide its width",
                    "give them with --set decoder_num_heads=N");
    return decoder;
}

MaeDecoder::MaeDecoder(const VitConfig& blocks, const VitConfig& encoder)
    : m_config(blocks), m_encoder(encoder), m_blocks(blocks, "decoder.layer.", "decoder")
{
    m_norm.eps = encoder.eps;
}

void MaeDecoder::visit(const Weights& weights)
{
    const std::int64_t d = m_config.width, pixels = m_encoder.patch * m_encoder.patch * m_encoder.channels;
    const Weights decoder = weights.in("decoder");
    m_blocks.visit(weights);
    decoder.linear("decoder_embed", m_embed, d, m_encoder.width);
    decoder("mask_token", m_maskToken, {1, 1, d});
    decoder("decoder_pos_embed", m_positions, {1, 1 + m_encoder.gridHeight() * m_encoder.gridWidth(), d});
    decoder.norm("decoder_norm", m_norm, d);
    decoder.linear("decoder_pred", m_predict, pixels, d);
}

at::Tensor MaeDecoder::paint(const VitEncoder::Encoded& encoded, const at::Tensor& restore, const Pass& pass) const
{
    const at::Tensor x = m_embed(encoded.normed); // [B,1+kept,d]
    const std::int64_t b = x.size(0), n = restore.size(1), d = x.size(2);
    const at::Tensor masks = m_maskToken.expand({b, n + 1 - x.size(1), d});
    const at::Tensor patches = at::cat({x.slice(1, 1), masks}, 1).gather(1, restore.unsqueeze(-1).expand({b, n, d}));
    const at::Tensor positions = resizedPositions(m_positions, 1, m_encoder.gridHeight(), m_encoder.gridWidth(),
                                                  encoded.gridHeight, encoded.gridWidth, m_encoder.interpolation);
    const at::Tensor whole = at::cat({x.slice(1, 0, 1), patches}, 1) + positions;
    pass.takeHidden(whole);
    Pass own = pass;
    own.firstBlock = int(m_encoder.layers);
    const at::Tensor y = m_blocks.run(whole, {encoded.gridHeight, encoded.gridWidth, 1}, own);
    pass.checkpoint(pass.total);
    return m_predict(m_norm(y)).slice(1, 1);
}

at::Tensor asPatches(const at::Tensor& pixels, std::int64_t p)
{
    const std::int64_t b = pixels.size(0), c = pixels.size(1), gh = pixels.size(2) / p, gw = pixels.size(3) / p;
    return pixels.slice(2, 0, gh * p)
        .slice(3, 0, gw * p)
        .reshape({b, c, gh, p, gw, p})
        .permute({0, 2, 4, 3, 5, 1})
        .reshape({b, gh * gw, p * p * c});
}

at::Tensor fromPatches(const at::Tensor& patches, std::int64_t p, std::int64_t gh, std::int64_t gw)
{
    const std::int64_t b = patches.size(0), c = patches.size(2) / (p * p);
    return patches.view({b, gh, gw, p, p, c}).permute({0, 5, 1, 3, 2, 4}).reshape({b, c, gh * p, gw * p});
}

at::Tensor MaeDecoder::composed(const at::Tensor& pixels, const at::Tensor& painted, const at::Tensor& hidden,
                                bool normalised) const
{
    const std::int64_t p = m_encoder.patch;
    const at::Tensor own = asPatches(pixels, p);
    at::Tensor patches = painted;
    if (normalised) {
        constexpr double kEps = 1e-6;
        patches = patches * (own.var(-1, /*unbiased=*/true, /*keepdim=*/true) + kEps).sqrt() + own.mean(-1, true);
    }
    return fromPatches(at::where(hidden.unsqueeze(-1), patches, own), p, pixels.size(2) / p, pixels.size(3) / p);
}

} // namespace headlens
