// SPDX-License-Identifier: GPL-3.0-or-later
// Gemma 1, 2 and 3: wide embeddings, norms about 1, from the second on norms on both sides and windows.
#include "core/models/arch/decoder_names.h"
#include "core/models/skeletons/decoder_reading.h"

#include <cmath>

namespace headlens {
namespace {

constexpr DecoderDefaults kGemma{
    .heads = 16, .positions = 8'192, .activation = "gelu_pytorch_tanh", .activationKey = "hidden_activation", .endToken = 1};

// GGUF files store the norms as they are applied.
Checkpoint asTrained(const Checkpoint& checkpoint)
{
    const auto& json = checkpoint.config();
    const bool applied = json && json->value("norms_about_one", true) == false;
    return applied ? checkpoint : withNormsAboutOne(checkpoint);
}

StackConfig gemmaConfig(DecoderReader& reader)
{
    StackConfig config = reader.outline();
    config.gated = true;
    config.embeddingScale = std::sqrt(double(config.width));
    config.tiedHead = true; // a stored head is the table once more
    return config;
}

// Scores over the root of a number of its own, norms on both sides.
void settleNewer(StackConfig& config, const DecoderReader& reader)
{
    config.normsOutput = true;
    config.scale = 1 / std::sqrt(reader.fields().real("query_pre_attn_scalar", 256, 1e-6, 1e6));
}

} // namespace

static LoadedModel loadGemma(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const Checkpoint trained = asTrained(checkpoint);
    // Old files say hidden_act "gelu", the newer key wins where it is there.
    DecoderReader probe(trained, settings, kGemma);
    DecoderDefaults defaults = kGemma;
    if (!probe.fields().present("hidden_activation") && probe.fields().present("hidden_act"))
        defaults.activationKey = "hidden_act";
    DecoderReader reader(trained, settings, defaults);
    return loadDecoder("Gemma", gemmaConfig(reader), reader, trained, settings);
}

static LoadedModel loadGemma2(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const Checkpoint trained = asTrained(checkpoint);
    DecoderDefaults defaults = kGemma;
    defaults.heads = 8;
    defaults.keyHeads = 4;
    DecoderReader reader(trained, settings, defaults);
    StackConfig config = gemmaConfig(reader);
    settleNewer(config, reader);
    config.scoreCap = reader.cap("attn_logit_softcapping", 50);
    config.answerCap = reader.cap("final_logit_softcapping", 30);
    config.kinds = reader.sliding(config.layers, reader.window(4'096), [](std::int64_t i) { return i % 2 == 0; });
    return loadDecoder("Gemma 2", config, reader, trained, settings);
}

// Most layers see a window and turn by a base of their own; every sixth sees all.
static LoadedModel loadGemma3(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const Checkpoint trained = asTrained(checkpoint);
    DecoderDefaults defaults = kGemma;
    defaults.heads = 8;
    defaults.keyHeads = 4;
    defaults.positions = 131'072;
    defaults.theta = 1e6;
    DecoderReader reader(trained, settings, defaults);
    StackConfig config = gemmaConfig(reader);
    settleNewer(config, reader);
    config.headNorms = HeadNorms::Shared;
    config.scoreCap = reader.cap("attn_logit_softcapping", 0);
    config.answerCap = reader.cap("final_logit_softcapping", 0);
    const std::int64_t pattern = reader.fields().integer("sliding_window_pattern", 6, 1, 1'000);
    config.kinds = reader.sliding(config.layers, reader.window(4'096),
                                  [=](std::int64_t i) { return (i + 1) % pattern != 0; });
    for (LayerKind& kind : config.kinds) kind.localPlaces = kind.reach > 0;
    config.rotary = reader.rotary(config.headWidth, "full_attention");
    config.localRotary.theta = reader.fields().real("rope_local_base_freq", 10'000, 1, 1e12);
    if (reader.json().contains("rope_parameters"))
        config.localRotary = reader.rotary(config.headWidth, "sliding_attention");
    return loadDecoder("Gemma 3", config, reader, trained, settings);
}

const Architecture architectures::gemma{"Gemma", {"gemma"}, scoreDecoder, loadGemma, &kDecoderLayout};
const Architecture architectures::gemma2{"Gemma 2", {"gemma2"}, scoreDecoder, loadGemma2, &kOutputNormLayout};
const Architecture architectures::gemma3{
    "Gemma 3", {"gemma3_text"}, scoreDecoder, loadGemma3, &kOutputNormLayout};

} // namespace headlens
