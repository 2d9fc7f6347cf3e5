// SPDX-License-Identifier: GPL-3.0-or-later
// Llama 1 to 3 and what is built alike: TinyLlama, SmolLM, Vicuna, Yi.
#include "core/base/error.h"
#include "core/checkpoint/layouts.h"
#include "core/models/skeletons/causal_text.h"
#include "core/models/skeletons/stack_loading.h"

#include <array>

namespace headlens {
namespace {

constexpr std::array kLlamaNames = std::to_array<Rename>({
    {"embed_tokens.weight", "text.embeddings.tokens"},
    {"layers.#.*", "text.layer.$1.*"},
    {"norm.weight", "text.norm.weight"},
});

constexpr std::array kLlamaBlock = std::to_array<Rename>({
    {"input_layernorm.*", "self.norm.*"},
    {"self_attn.q_proj.*", "self.query.*"},
    {"self_attn.k_proj.*", "self.key.*"},
    {"self_attn.v_proj.*", "self.value.*"},
    {"self_attn.o_proj.*", "self.output.*"},
    {"self_attn.rotary_emb.inv_freq", "position_ids"}, // computed anew
    {"post_attention_layernorm.*", "mlp.norm.*"},
    {"mlp.gate_proj.*", "mlp.gate.*"},
    {"mlp.up_proj.*", "mlp.up.*"},
    {"mlp.down_proj.*", "mlp.down.*"},
});

constexpr LayoutTable kLlamaLayout{"Hugging Face", "layers.0.mlp.gate_proj.weight", kLlamaNames, kLlamaBlock, {}};

// `rope_scaling` beside `rope_theta`, or both in `rope_parameters` (transformers 5).
RotaryConfig rotaryOf(const Json& config, const JsonFields& fields, const std::string& subject)
{
    const auto part = [&](const char* key) {
        return config.contains(key) && config[key].is_object() ? config[key] : Json::object();
    };
    const Json both = part("rope_parameters"), scaling = both.empty() ? part("rope_scaling") : both;
    const JsonFields how(scaling, subject);
    RotaryConfig rotary;
    rotary.theta = how.real("rope_theta", fields.real("rope_theta", 10'000, 1, 1e12), 1, 1e12);
    const std::string kind = how.text("rope_type", how.text("type", "default"));
    if (kind == "default") return rotary;
    rotary.factor = how.real("factor", 1, 1e-3, 1e6);
    if (kind == "linear") {
        rotary.scaling = RotaryConfig::Linear;
    } else if (kind == "llama3") {
        rotary.scaling = RotaryConfig::Llama3;
        rotary.lowFactor = how.real("low_freq_factor", 1, 1e-3, 1e6);
        rotary.highFactor = how.real("high_freq_factor", 4, 1e-3, 1e6);
        rotary.originalPositions = how.real("original_max_position_embeddings", 8'192, 1, 1e9);
    } else {
        throw Error(ErrorCode::UnsupportedModel, subject,
                    "scales its rotary positions by \"" + kind + "\", which this version cannot compute",
                    "use a model with rope_scaling default, linear or llama3");
    }
    return rotary;
}

// One id, or the first of a list (Llama 3 has several).
int endTokenOf(const Json& config)
{
    const Json id = config.contains("eos_token_id") ? config["eos_token_id"] : Json(2);
    const Json first = id.is_array() && !id.empty() ? id[0] : id;
    return first.is_number_integer() ? first.get<int>() : -1;
}

StackConfig llamaConfig(const Checkpoint& checkpoint, const ModelSettings& settings, const Json& json,
                        std::vector<std::string>& assumptions)
{
    const StackReader reader(checkpoint, settings);
    const JsonFields& fields = reader.fields();
    StackConfig config = reader.outline("text");
    reader.settleHeads(config, "num_attention_heads", "num_heads", 32, assumptions);
    config.eps = epsOf(settings, fields.real("rms_norm_eps", 1e-6, 0, 1));
    reader.settleActivation(config, fields.text("hidden_act", "silu"), assumptions);
    config.normFirst = config.causal = config.rmsNorm = true;
    config.positionKind = TextPositions::Rotary;
    config.positions = fields.integer("max_position_embeddings", 2'048, 1, 16'777'216);
    config.rotary = rotaryOf(json, fields, checkpoint.path() + "/config.json");
    if (fields.present("rope_frequency_divisors"))
        config.rotary.divisors = fields.reals("rope_frequency_divisors", {}, std::size_t(config.headWidth / 2));
    config.padToken = std::max<std::int64_t>(0, reader.token("pad_token_id", 0));
    validate(config, checkpoint.path());
    return config;
}

} // namespace

static int scoreLlama(const Checkpoint& checkpoint)
{
    const bool told = !modelTypeOf(checkpoint).empty(); // sizes of the heads stand in config.json alone
    return told && checkpoint.has("text.layer.0.mlp.gate.weight") ? 2 : 0;
}

static LoadedModel loadLlama(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const Json json = checkpoint.config().value_or(Json::object());
    ModelFacts facts;
    const StackConfig config = llamaConfig(checkpoint, settings, json, facts.assumptions);
    facts.architecture = "Llama";
    facts.text = textFactsOf(config);
    facts.text.endToken = endTokenOf(json);
    return loadCausalText(config, std::move(facts), checkpoint, settings);
}

const Architecture architectures::llama{"Llama", {"llama"}, scoreLlama, loadLlama, &kLlamaLayout};

} // namespace headlens
