// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-NeoX and what is built alike: Pythia, RedPajama-INCITE, Dolly.
#include "core/checkpoint/layouts.h"
#include "core/models/skeletons/decoder_reading.h"

#include <array>

namespace headlens {
namespace {

constexpr std::array kNames = std::to_array<Rename>({
    {"embed_in.weight", "text.embeddings.tokens"},
    {"layers.#.*", "text.layer.$1.*"},
    {"final_layer_norm.*", "text.norm.*"},
    {"embed_out.*", "lm_head.*"},
});

constexpr std::array kBlock = std::to_array<Rename>({
    {"input_layernorm.*", "self.norm.*"},
    {"attention.query_key_value.*", "self.reading.*"},
    {"attention.dense.*", "self.output.*"},
    {"attention.bias", "attn_mask"}, // which tokens come earlier, not a bias
    {"attention.masked_bias", "attn_mask"},
    {"attention.rotary_emb.inv_freq", "position_ids"},
    {"post_attention_layernorm.*", "mlp.norm.*"},
    {"mlp.dense_h_to_4h.*", "mlp.up.*"},
    {"mlp.dense_4h_to_h.*", "mlp.down.*"},
});

constexpr LayoutTable kLayout{"Hugging Face", "layers.0.attention.query_key_value.weight", kNames, kBlock, {}};

} // namespace

static StackConfig gptNeoXStack(DecoderReader& reader)
{
    StackConfig config = reader.outline({.heads = 64,
                                         .eps = 1e-5,
                                         .rotaryShare = 0.25,
                                         .activation = "gelu",
                                         .rmsNorm = false,
                                         .epsKey = "layer_norm_eps",
                                         .thetaKey = "rotary_emb_base",
                                         .shareKey = "rotary_pct"},
                                        FusedReading::ByHead);
    config.parallel = reader.fields().flag("use_parallel_residual", true);
    return config;
}

const Architecture architectures::gptNeoX{"GPT-NeoX", {"gpt_neox"}, scoreDecoder, loadDecoder, &kLayout, gptNeoXStack};

} // namespace headlens
