// SPDX-License-Identifier: GPL-3.0-or-later
// OPT: learnt positions that count real tokens, ReLU; the one of 350 million norms behind the sums and embeds narrower.
#include "core/checkpoint/layouts.h"
#include "core/models/skeletons/decoder_reading.h"

#include <array>

namespace headlens {
namespace {

constexpr std::array kNames = std::to_array<Rename>({
    {"decoder.embed_tokens.weight", "text.embeddings.tokens"},
    {"decoder.embed_positions.weight", "text.embeddings.positions"},
    {"decoder.layers.#.*", "text.layer.$1.*"},
    {"decoder.final_layer_norm.*", "text.norm.*"},
    {"decoder.project_in.*", "text.embeddings.from_tokens.*"},
    {"decoder.project_out.*", "text.to_tokens.*"},
});

constexpr std::array kBlock = std::to_array<Rename>({
    {"self_attn_layer_norm.*", "self.norm.*"},
    {"self_attn.q_proj.*", "self.query.*"},
    {"self_attn.k_proj.*", "self.key.*"},
    {"self_attn.v_proj.*", "self.value.*"},
    {"self_attn.out_proj.*", "self.output.*"},
    {"final_layer_norm.*", "mlp.norm.*"},
    {"fc1.*", "mlp.up.*"},
    {"fc2.*", "mlp.down.*"},
});

// BART's decoder has the same names and a second attention.
constexpr LayoutTable kLayout{"Hugging Face",
                              "decoder.layers.0.self_attn_layer_norm.weight",
                              kNames,
                              kBlock,
                              {},
                              "decoder.layers.0.encoder_attn.q_proj.weight"};

constexpr std::int64_t kFirstPosition = 2; // rows of the table before that of the first token

} // namespace

static StackConfig optStack(DecoderReader& reader)
{
    const Checkpoint& checkpoint = reader.checkpoint();
    StackConfig config = reader.outline(
        {.heads = 12, .eps = 1e-5, .activation = "relu", .rmsNorm = false, .activationKey = "activation_function"});
    config.eps = epsOf(reader.settings(), 1e-5); // config.json has no key for it
    config.normFirst = reader.fields().flag("do_layer_norm_before", true);
    config.normBiases = checkpoint.has("text.layer.0.self.norm.bias");
    config.positionKind = TextPositions::Learnt;
    config.positionOffset = kFirstPosition;
    config.positions = extentOf(checkpoint, "text.embeddings.positions", 0) - kFirstPosition;
    config.tiedHead = true;
    return config;
}

const Architecture architectures::opt{"OPT", {"opt"}, scoreDecoder, loadDecoder, &kLayout, optStack};

} // namespace headlens
