// SPDX-License-Identifier: GPL-3.0-or-later
// What adapter_config.json of PEFT says of a LoRA adapter: how strong each of its products is, and of which base it is.
#pragma once

#include "core/wire/json_fwd.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace headlens {

struct AdapterConfig {
    std::string base; // base_model_name_or_path: a path or a name of the hub; empty: it does not say
    std::int64_t rank = 8;
    double alpha = 8;
    bool isRankStabilised = false; // alpha / sqrt(rank) instead of alpha / rank
    // The weights it changes are stored with their inputs first (Conv1D of GPT-2).
    bool isFanInFanOut = false;
    std::vector<std::pair<std::string, std::int64_t>> ranks; // of modules whose names end like this
    std::vector<std::pair<std::string, double>> alphas;

    // `module` as the base names it: "model.layers.0.self_attn.q_proj".
    std::int64_t rankOf(const std::string& module) const;
    double scalingOf(const std::string& module) const; // what stands before B A
};

// Throws Error(BadConfig) for values out of range, and Error(UnsupportedModel) for what is no LoRA, or a kind of it
// that is not computed here (DoRA, PiSSA, ...).
AdapterConfig parseAdapterConfig(const Json& json, const std::string& subject);

} // namespace headlens
