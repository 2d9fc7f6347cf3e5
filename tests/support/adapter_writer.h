// SPDX-License-Identifier: GPL-3.0-or-later
// Adapters as PEFT saves them, for tests.
#pragma once

#include "core/wire/safe_json.h"
#include "core/wire/safetensors.h"
#include "tests/support/random_weights.h"
#include "tests/support/tiny_model.h"

#include <filesystem>
#include <string>

namespace headlens::test {

// What LoraConfig writes, as far as it matters.
inline Json loraConfig(int rank, double alpha, const std::string& base = {})
{
    return {{"peft_type", "LORA"}, {"r", rank}, {"lora_alpha", alpha}, {"base_model_name_or_path", base}};
}

inline void writeAdapter(const std::string& folder, const RandomWeights& weights, const Json& config)
{
    std::filesystem::create_directories(folder);
    writeSafetensors(folder + "/adapter_model.safetensors", weights.tensors, {{"format", "pt"}});
    writeBytes(folder + "/adapter_config.json", config.dump());
}

// Query and value of the attention of every layer of a TinyModel.
inline void writeTinyAdapter(const std::string& folder, const TinyModel& model, const std::string& base = {})
{
    constexpr int kRank = 2;
    RandomWeights weights(11);
    for (int layer = 0; layer < model.layers; ++layer)
        for (const char* part : {"query", "value"}) {
            const std::string module =
                "base_model.model.vit.encoder.layer." + std::to_string(layer) + ".attention.attention." + part + ".";
            weights.add(module + "lora_A.weight", {kRank, model.width});
            weights.add(module + "lora_B.weight", {model.width, kRank});
        }
    writeAdapter(folder, weights, loraConfig(kRank, 8, base));
}

} // namespace headlens::test
