// SPDX-License-Identifier: GPL-3.0-or-later
// Gemma 1, 2 and 3: wide embeddings, norms about 1, from the second on norms on both sides and windows.
#include "core/models/arch/decoder_names.h"
#include "core/models/skeletons/decoder_reading.h"

#include <cmath>

namespace headlens {
namespace {

constexpr DecoderDefaults kGemma{.heads = 16,
                                 .positions = 8'192,
                                 .activation = "gelu_pytorch_tanh",
                                 .activationKey = "hidden_activation",
                                 .endToken = 1};

StackConfig gemmaOutline(DecoderReader& reader, const DecoderDefaults& defaults)
{
    StackConfig config = reader.outline(defaults);
    config.embeddingScale = std::sqrt(double(config.width));
    config.tiedHead = true;                                                    // a stored head is the table once more
    if (reader.fields().flag("norms_about_one", true)) reader.addOneToNorms(); // GGUF files hold them as applied
    return config;
}

// Scores over the root of a number of its own, norms on both sides.
void settleNewer(StackConfig& config, const DecoderReader& reader)
{
    config.normsOutput = true;
    config.scale = 1 / std::sqrt(reader.fields().real("query_pre_attn_scalar", 256, 1e-6, 1e6));
}

} // namespace

static StackConfig gemmaStack(DecoderReader& reader)
{
    DecoderDefaults defaults = kGemma;
    // Old files say hidden_act "gelu"; the newer key wins where it is there.
    if (!reader.fields().present("hidden_activation") && reader.fields().present("hidden_act"))
        defaults.activationKey = "hidden_act";
    return gemmaOutline(reader, defaults);
}

static StackConfig gemma2Stack(DecoderReader& reader)
{
    DecoderDefaults defaults = kGemma;
    defaults.heads = 8;
    defaults.keyHeads = 4;
    StackConfig config = gemmaOutline(reader, defaults);
    settleNewer(config, reader);
    config.scoreCap = reader.cap("attn_logit_softcapping", 50);
    config.answerCap = reader.cap("final_logit_softcapping", 30);
    config.kinds = reader.sliding(config.layers, reader.window(4'096), [](std::int64_t i) { return i % 2 == 0; });
    return config;
}

// Most layers see a window and turn by a base of their own; every sixth sees all.
static StackConfig gemma3Stack(DecoderReader& reader)
{
    DecoderDefaults defaults = kGemma;
    defaults.heads = 8;
    defaults.keyHeads = 4;
    defaults.positions = 131'072;
    defaults.theta = 1e6;
    StackConfig config = gemmaOutline(reader, defaults);
    settleNewer(config, reader);
    config.headNorms = HeadNorms::Shared;
    config.scoreCap = reader.cap("attn_logit_softcapping", 0);
    config.answerCap = reader.cap("final_logit_softcapping", 0);
    const std::int64_t pattern = reader.fields().integer("sliding_window_pattern", 6, 1, 1'000);
    config.kinds =
        reader.sliding(config.layers, reader.window(4'096), [=](std::int64_t i) { return (i + 1) % pattern != 0; });
    for (LayerKind& kind : config.kinds) kind.localPlaces = kind.reach > 0;
    config.rotary = reader.rotary(config.headWidth, "full_attention");
    config.localRotary.theta = reader.fields().real("rope_local_base_freq", 10'000, 1, 1e12);
    if (reader.json().contains("rope_parameters"))
        config.localRotary = reader.rotary(config.headWidth, "sliding_attention");
    return config;
}

const Architecture architectures::gemma{"Gemma", {"gemma"}, scoreDecoder, loadDecoder, &kDecoderLayout, gemmaStack};
const Architecture architectures::gemma2{"Gemma 2",   {"gemma2"},         scoreDecoder,
                                         loadDecoder, &kOutputNormLayout, gemma2Stack};
const Architecture architectures::gemma3Text{"Gemma 3 (text)", {"gemma3_text"},    scoreDecoder,
                                             loadDecoder,      &kOutputNormLayout, gemma3Stack};

} // namespace headlens
