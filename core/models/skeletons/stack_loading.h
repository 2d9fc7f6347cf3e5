// SPDX-License-Identifier: GPL-3.0-or-later
// Reading stacks from checkpoints: sizes come from the tensors, meaning (heads, activation, eps) from config.json.
#pragma once

#include "core/models/loading.h"
#include "core/models/skeletons/stack.h"
#include "core/wire/json_fields.h"

#include <string>
#include <vector>

namespace headlens {

// config.json, or its part for one tower, and what is said when it is silent.
class StackReader {
public:
    // `section`: "text_config", "vision_config" ...; empty for the whole file. `heads`: what --set calls this stack's
    // heads, for example "text.num_heads".
    StackReader(const Checkpoint& checkpoint, const ModelSettings& settings, const char* section = "");

    const JsonFields& fields() const { return m_fields; }
    const Json& json() const { return m_json; } // of the section; empty without
    bool silent() const { return m_silent; }    // no config.json at all

    // Everything that the tensors below `name` say: sizes, which parts there are. Throws Error(BadWeights) when the
    // essential ones are missing and Error(BadConfig) where `widthKey` or `layersKey` contradict them.
    StackConfig outline(const std::string& name, const char* widthKey = "hidden_size",
                        const char* layersKey = "num_hidden_layers") const;
    // Heads by --set `setting`, by config `key`, or assumed: 64 numbers a head. Sets headWidth too.
    void settleHeads(StackConfig& config, const char* key, const char* setting, std::int64_t fallback,
                     std::vector<std::string>& assumptions) const;
    // `told`: what config.json says or, without one, what is usual. Called once `eps` is known: without config.json
    // both are assumptions.
    void settleActivation(StackConfig& config, const std::string& told, std::vector<std::string>& assumptions) const;
    std::int64_t token(const char* key, std::int64_t fallback) const; // an id; -1 for none

private:
    Json m_json;
    std::string m_subject;
    JsonFields m_fields;
    bool m_silent;
    const Checkpoint& m_checkpoint;
    const ModelSettings& m_settings;
};

// The first of `names` that the checkpoint has; empty without. Tied weights are stored under any one of their names.
std::string firstOf(const Checkpoint& checkpoint, const std::vector<std::string>& names);

// As WeightBinder::take(), but the last rows may stand in a tensor of their own, `name`.more (Idefics).
at::Tensor takeWithMore(WeightBinder& binder, const std::string& name, const Shape& shape);

// The width of the experts of one layer, whose names begin with `mlp`. Throws Error(BadWeights).
std::int64_t expertWidth(const Checkpoint& checkpoint, const std::string& mlp);

// Takes every weight of a stack.
void load(Stack& stack, WeightBinder& binder);
void eachWeight(Stack& stack, const std::function<void(at::Tensor&)>& visit);

// architectures[0] of config.json; empty without.
std::string classNameOf(const Checkpoint& checkpoint);

// id2label of config.json; empty without.
std::vector<std::string> labelsOf(const Checkpoint& checkpoint);

// What all text models say of themselves.
TextFacts textFactsOf(const StackConfig& config);
// The same of a causal model that is no stack of these (Infini-attention, Mixture-of-Depths); `longest` in tokens.
TextFacts writingFactsOf(const JsonFields& fields, std::int64_t longest, std::int64_t vocabulary);

} // namespace headlens
