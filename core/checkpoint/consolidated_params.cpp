// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/consolidated_params.h"

#include "core/base/error.h"
#include "core/wire/json_fields.h"
#include "core/wire/safe_json.h"

#include <array>

namespace headlens {
namespace {

constexpr std::int64_t kLlama3Vocabulary = 128'256;

// Parts by which a model is more than a plain decoder.
void requirePlainDecoder(const Json& json, const std::string& subject)
{
    static constexpr std::array<const char*, 9> kOthers{"vision_encoder",    "vision_chunk_size", "vision_args",
                                                        "moe_args",          "q_lora_rank",       "quantization",
                                                        "quantization_args", "lora_args",         "state_size"};
    for (const char* key : kOthers)
        if (json.contains(key) && !json[key].is_null())
            throw Error(ErrorCode::UnsupportedModel, subject,
                        std::string("describes a part that this version cannot read from it: ") + key,
                        "open the model as Hugging Face has it, with config.json");
}

void readExperts(const Json& json, const std::string& subject, ConsolidatedParams& params)
{
    constexpr std::int64_t kMostExperts = 1'024;
    if (!json.contains("moe") || json["moe"].is_null()) return;
    if (!json["moe"].is_object()) JsonFields(json, subject).refuse("moe is no object");
    const JsonFields fields(json["moe"], subject);
    params.experts = fields.integer("num_experts", 8, 1, kMostExperts);
    params.expertsPerToken = fields.integer("num_experts_per_tok", 2, 1, params.experts);
}

// How far the positions reach that a model was trained with, where params.json does not say.
std::int64_t usualPositions(const ConsolidatedParams& params, std::int64_t vocabulary)
{
    if (params.isMistral) return 32'768;
    if (vocabulary >= kLlama3Vocabulary) return params.hasScaledRotary ? 131'072 : 8'192;
    if (params.theta > 1e5) return 16'384;    // Code Llama
    return params.eps < 1e-5 ? 2'048 : 4'096; // Llama 1, Llama 2
}

void scaleRotary(const ConsolidatedParams& params, Json& config, std::vector<std::string>& assumptions)
{
    constexpr std::int64_t kSmall = 4'096; // Llama 3.2 has widths of 2048 and 3072
    const double factor = params.width < kSmall ? 32 : 8;
    config["rope_scaling"] = {{"rope_type", "llama3"},
                              {"factor", factor},
                              {"low_freq_factor", 1.0},
                              {"high_freq_factor", 4.0},
                              {"original_max_position_embeddings", 8'192}};
    assumptions.push_back("rotary positions: scaled by " + std::to_string(int(factor)) + " as in Llama " +
                          (factor > 8 ? "3.2" : "3.1") + ", for params.json only says that they are");
}

} // namespace

ConsolidatedParams parseConsolidatedParams(const Json& json, const std::string& subject)
{
    constexpr std::int64_t kMostLayers = 1'000, kMostHeads = 1'024, kWidest = 1 << 20, kMostPositions = 1LL << 31;
    const JsonFields fields(json, subject);
    for (const char* key : {"dim", "n_layers", "n_heads"})
        if (!fields.present(key)) fields.refuse(std::string("lacks ") + key);
    requirePlainDecoder(json, subject);
    ConsolidatedParams params;
    params.width = fields.integer("dim", 0, 1, kWidest);
    params.layers = fields.integer("n_layers", 0, 1, kMostLayers);
    params.heads = fields.integer("n_heads", 0, 1, kMostHeads);
    params.keyHeads = fields.integer("n_kv_heads", params.heads, 1, params.heads);
    if (params.heads % params.keyHeads != 0) fields.refuse("n_heads is no multiple of n_kv_heads");
    params.headWidth = fields.integer("head_dim", params.width / params.heads, 2, kWidest);
    params.eps = fields.real("norm_eps", params.eps, 0, 1);
    params.theta = fields.real("rope_theta", params.theta, 1, 1e12);
    params.hasScaledRotary = fields.flag("use_scaled_rope", false);
    params.window = fields.integer("sliding_window", 0, 0, kMostPositions);
    params.positions = fields.integer("max_seq_len", fields.integer("max_position_embeddings", 0, 0, kMostPositions), 0,
                                      kMostPositions);
    readExperts(json, subject, params);
    params.isMistral = params.experts > 0 || params.window > 0 || fields.present("hidden_dim") ||
                       fields.present("head_dim") || fields.present("sliding_window");
    return params;
}

Json configOf(const ConsolidatedParams& params, std::int64_t vocabulary, std::int64_t mlpWidth, bool isTied,
              std::vector<std::string>& assumptions)
{
    const bool isLlama3 = !params.isMistral && vocabulary >= kLlama3Vocabulary;
    const std::int64_t positions = params.positions > 0 ? params.positions : usualPositions(params, vocabulary);
    Json config{{"model_type", params.experts > 0 ? "mixtral"
                               : params.isMistral ? "mistral"
                                                  : "llama"},
                {"hidden_size", params.width},
                {"num_hidden_layers", params.layers},
                {"num_attention_heads", params.heads},
                {"num_key_value_heads", params.keyHeads},
                {"head_dim", params.headWidth},
                {"intermediate_size", mlpWidth},
                {"hidden_act", "silu"},
                {"rms_norm_eps", params.eps},
                {"rope_theta", params.theta},
                {"vocab_size", vocabulary},
                {"max_position_embeddings", positions},
                {"tie_word_embeddings", isTied},
                {"bos_token_id", isLlama3 ? 128'000 : 1},
                {"eos_token_id", isLlama3 ? Json{128'001, 128'008, 128'009} : Json(2)}};
    if (params.isMistral) config["sliding_window"] = params.window > 0 ? Json(params.window) : Json();
    if (params.experts > 0) {
        config["num_local_experts"] = params.experts;
        config["num_experts_per_tok"] = params.expertsPerToken;
    }
    if (params.hasScaledRotary) scaleRotary(params, config, assumptions);
    if (params.positions == 0)
        assumptions.push_back("positions: " + std::to_string(positions) + ", for params.json does not say how many");
    return config;
}

} // namespace headlens
