// SPDX-License-Identifier: GPL-3.0-or-later
// MPT: no positions but slopes in the scores (ALiBi), no biases.
#include "core/base/error.h"
#include "core/checkpoint/layouts.h"
#include "core/models/skeletons/decoder_reading.h"

#include <array>

namespace headlens {
namespace {

constexpr std::array kNames = std::to_array<Rename>({
    {"wte.weight", "text.embeddings.tokens"},
    {"blocks.#.*", "text.layer.$1.*"},
    {"norm_f.*", "text.norm.*"},
});

constexpr std::array kBlock = std::to_array<Rename>({
    {"norm_1.*", "self.norm.*"},
    {"attn.Wqkv.*", "self.qkv.*"},
    {"attn.out_proj.*", "self.output.*"},
    {"norm_2.*", "mlp.norm.*"},
    {"ffn.up_proj.*", "mlp.up.*"},
    {"ffn.down_proj.*", "mlp.down.*"},
});

constexpr LayoutTable kLayout{"Hugging Face", "blocks.0.attn.Wqkv.weight", kNames, kBlock, {}};

void settleAttention(StackConfig& config, const DecoderReader& reader, const std::string& subject)
{
    const Json& json = reader.json();
    const Json part =
        json.contains("attn_config") && json["attn_config"].is_object() ? json["attn_config"] : Json::object();
    const JsonFields attention(part, subject);
    if (!attention.flag("alibi", true))
        attention.refuse("attn_config.alibi is false: models with learnt positions are not known to this version");
    if (attention.flag("qk_ln", false) || attention.real("clip_qkv", 0, 0, 1e6) > 0)
        attention.refuse("attn_config norms or clips queries and keys, which this version cannot compute");
    config.positionKind = TextPositions::Linear;
    config.steepest = attention.real("alibi_bias_max", 8, 1e-3, 1e3);
    config.scale = attention.real("softmax_scale", 0, 0, 1e6);
}

} // namespace

static StackConfig mptStack(DecoderReader& reader)
{
    StackConfig config = reader.outline({.heads = 16,
                                         .eps = 1e-5,
                                         .activation = "gelu",
                                         .rmsNorm = false,
                                         .widthKey = "d_model",
                                         .layersKey = "n_layers",
                                         .headsKey = "n_heads",
                                         .epsKey = "layer_norm_epsilon",
                                         .positionsKey = "max_seq_len",
                                         .endToken = 0});
    settleAttention(config, reader, reader.checkpoint().path() + "/config.json");
    config.tiedHead = true;
    return config;
}

const Architecture architectures::mpt{"MPT", {"mpt"}, scoreDecoder, loadDecoder, &kLayout, mptStack};

} // namespace headlens
