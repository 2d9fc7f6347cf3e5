// SPDX-License-Identifier: GPL-3.0-or-later
// Phi-1 and 2, whose attention and MLP stand side by side behind one norm, and Phi-3 and 4, built as Llama with fused
// projections and rotary positions for long texts.
#include "core/models/arch/decoder_names.h"
#include "core/models/skeletons/decoder_reading.h"

namespace headlens {
namespace {

constexpr std::array kPhiNames = std::to_array<Rename>({
    {"embed_tokens.weight", "text.embeddings.tokens"},
    {"layers.#.*", "text.layer.$1.*"},
    {"final_layernorm.*", "text.norm.*"},
});

constexpr std::array kPhiBlock = std::to_array<Rename>({
    {"input_layernorm.*", "self.norm.*"},
    {"self_attn.q_proj.*", "self.query.*"},
    {"self_attn.k_proj.*", "self.key.*"},
    {"self_attn.v_proj.*", "self.value.*"},
    {"self_attn.dense.*", "self.output.*"},
    {"self_attn.rotary_emb.inv_freq", "position_ids"},
    {"mlp.fc1.*", "mlp.up.*"},
    {"mlp.fc2.*", "mlp.down.*"},
});

constexpr LayoutTable kPhiLayout{"Hugging Face", "layers.0.self_attn.dense.weight", kPhiNames, kPhiBlock, {}};

} // namespace

static StackConfig phiStack(DecoderReader& reader)
{
    if (reader.fields().flag("qk_layernorm", false))
        reader.fields().refuse("qk_layernorm is true, which this version cannot compute");
    StackConfig config = reader.outline(
        {.eps = 1e-5, .rotaryShare = 0.5, .activation = "gelu_new", .rmsNorm = false, .epsKey = "layer_norm_eps"});
    config.parallel = config.sharedNorm = true;
    return config;
}

static StackConfig phi3Stack(DecoderReader& reader)
{
    StackConfig config = reader.outline({.positions = 4'096, .eps = 1e-5, .endToken = 32'000}, FusedReading::InTurn);
    config.kinds = reader.sliding(config.layers, reader.window(0), [](std::int64_t) { return true; });
    return config;
}

const Architecture architectures::phi{"Phi", {"phi"}, scoreDecoder, loadDecoder, &kPhiLayout, phiStack};
const Architecture architectures::phi3{"Phi-3", {"phi3"}, scoreDecoder, loadDecoder, &kDecoderLayout, phi3Stack};

} // namespace headlens
