// SPDX-License-Identifier: GPL-3.0-or-later
// What the config.json of today's language models says, and what it means where it is silent: Llama's keys, which
// nearly all others took over. A family is a file in arch/ with its defaults and what it does otherwise.
#pragma once

#include "core/models/skeletons/causal_text.h"
#include "core/models/skeletons/stack_loading.h"

#include <functional>
#include <string>
#include <vector>

namespace headlens {

// The defaults of a family's configuration class, which config.json may leave out.
struct DecoderDefaults {
    std::int64_t heads = 32, keyHeads = 0, positions = 2'048; // keyHeads 0: as many as heads
    double eps = 1e-6, theta = 10'000, rotaryShare = 1;       // rotaryShare: of the numbers of a head
    const char* activation = "silu";
    bool rmsNorm = true;
    const char *widthKey = "hidden_size", *layersKey = "num_hidden_layers", *headsKey = "num_attention_heads";
    const char *epsKey = "rms_norm_eps", *activationKey = "hidden_act", *positionsKey = "max_position_embeddings";
    const char *thetaKey = "rope_theta", *shareKey = "partial_rotary_factor";
    int endToken = 2;
};

class DecoderReader {
public:
    // `section`: "text_config" of a model that also sees; empty for the whole file.
    DecoderReader(const Checkpoint& checkpoint, const ModelSettings& settings, const DecoderDefaults& defaults,
                  const char* section = "");

    // The stack as Llama has it: causal, norms first, rotary positions. Not validated yet: the family goes on with it.
    // Throws Error(BadConfig | BadWeights | UnsupportedModel).
    StackConfig outline(FusedReading fused = FusedReading::Apart);
    const JsonFields& fields() const { return m_reader.fields(); }
    const Json& json() const { return m_reader.json(); }
    const StackReader& reader() const { return m_reader; }
    const DecoderDefaults& defaults() const { return m_defaults; }

    // Positions by "rope_parameters" or "rope_scaling"; `layerType`: of one kind of layers ("full_attention").
    RotaryConfig rotary(std::int64_t headWidth, const char* layerType = "");
    // Which layers see only `reach` tokens: by "layer_types", else where `slides` says so. The others see all.
    std::vector<LayerKind> sliding(std::int64_t layers, std::int64_t reach,
                                   const std::function<bool(std::int64_t layer)>& slides) const;
    // "sliding_window": `fallback` where it is absent, 0 where it is null or 0.
    std::int64_t window(std::int64_t fallback) const;
    // A number that may be null, which means none: 0.
    double cap(const char* key, double fallback) const;

    std::vector<std::string>& assumptions() { return m_assumptions; }

private:
    void settleHeads(StackConfig& config, FusedReading fused) const;
    RotaryConfig unscaled(const JsonFields& how, std::int64_t headWidth) const;

    DecoderDefaults m_defaults;
    std::string m_subject;
    const ModelSettings& m_settings;
    const Checkpoint& m_checkpoint;
    StackReader m_reader;
    std::vector<std::string> m_assumptions;
};

// How special a decoder is whose type config.json names: there, with a first layer of these names.
int scoreDecoder(const Checkpoint& checkpoint);

// The facts of a decoder, and its model. `name`: of the family, for people. Validates `config`.
LoadedModel loadDecoder(const char* name, const StackConfig& config, DecoderReader& reader,
                        const Checkpoint& checkpoint, const ModelSettings& settings);

// The ids that end a text: "eos_token_id", one or the first of a list; `fallback` without.
int endTokenOf(const Json& config, int fallback);

// The same checkpoint with 1 added to the weights of every norm: Gemma stores what differs from 1.
Checkpoint withNormsAboutOne(const Checkpoint& checkpoint);

} // namespace headlens
