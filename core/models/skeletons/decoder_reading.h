// SPDX-License-Identifier: GPL-3.0-or-later
// What the config.json of today's language models says, and what it means where it is silent: Llama's keys, which
// nearly all others took over. A family is a file in arch/ with its defaults and what it does otherwise
// (Architecture::decoder).
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
    // `section`: "text_config" of a model that also sees; empty for the whole file. All outlive the reader.
    DecoderReader(const Checkpoint& checkpoint, const ModelSettings& settings, const char* section = "");

    // The stack as Llama has it: causal, norms first, rotary positions. Not validated yet: the family goes on with it.
    // Throws Error(BadConfig | BadWeights | UnsupportedModel).
    StackConfig outline(const DecoderDefaults& defaults, FusedReading fused = FusedReading::Apart);
    // Positions by "rope_parameters" or "rope_scaling"; `layerType`: of one kind of layers ("full_attention").
    RotaryConfig rotary(std::int64_t headWidth, const char* layerType = "");
    // Which layers see only `reach` tokens: by "layer_types", else where `slides` says so. The others see all.
    std::vector<LayerKind> sliding(std::int64_t layers, std::int64_t reach,
                                   const std::function<bool(std::int64_t layer)>& slides) const;
    // "sliding_window": `fallback` where it is absent, 0 where it is null or 0.
    std::int64_t window(std::int64_t fallback) const;
    // A number that may be null, which means none: 0.
    double cap(const char* key, double fallback) const;
    // Norms are stored as what differs from 1 (Gemma): weights() adds it.
    void addOneToNorms() { m_addsOne = true; }

    const JsonFields& fields() const { return m_reader.fields(); }
    const Json& json() const { return m_reader.json(); }
    const Checkpoint& checkpoint() const { return m_checkpoint; }
    const ModelSettings& settings() const { return m_settings; }
    Checkpoint weights() const; // from which the model is to be loaded
    int endToken() const;       // "eos_token_id", one or the first of a list
    const std::vector<std::string>& assumptions() const { return m_assumptions; }

private:
    void settleHeads(StackConfig& config, FusedReading fused) const;
    RotaryConfig unscaled(const JsonFields& how, std::int64_t headWidth) const;

    DecoderDefaults m_defaults;
    std::string m_subject;
    const ModelSettings& m_settings;
    const Checkpoint& m_checkpoint;
    StackReader m_reader;
    std::vector<std::string> m_assumptions;
    bool m_addsOne = false;
};

// How special a decoder is whose type config.json names: there, with a first layer of these names.
int scoreDecoder(const Checkpoint& checkpoint);

// The stack of a decoder of `type`, as the architecture of that type reads it. Throws Error(UnsupportedModel) where
// none does.
StackConfig decoderConfig(const std::string& type, DecoderReader& reader);

// The decoder whose type config.json names.
LoadedModel loadDecoder(const Checkpoint& checkpoint, const ModelSettings& settings);

} // namespace headlens
