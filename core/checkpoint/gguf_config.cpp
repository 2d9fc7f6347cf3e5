// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/gguf_config.h"

#include "core/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace headlens {
namespace {

struct Key {
    std::string_view from; // behind the name of the architecture
    const char* to;
};

constexpr std::array kWhole = std::to_array<Key>({
    {"block_count", "num_hidden_layers"},
    {"context_length", "max_position_embeddings"},
    {"embedding_length", "hidden_size"},
    {"feed_forward_length", "intermediate_size"},
    {"attention.head_count", "num_attention_heads"},
    {"attention.head_count_kv", "num_key_value_heads"},
    {"attention.key_length", "head_dim"},
    {"attention.sliding_window", "sliding_window"},
    {"rope.scaling.original_context_length", "original_max_position_embeddings"},
    {"expert_count", "num_experts"},
    {"expert_count", "num_local_experts"}, // Mixtral's word
    {"expert_used_count", "num_experts_per_tok"},
    {"expert_feed_forward_length", "moe_intermediate_size"},
    {"expert_shared_feed_forward_length", "shared_expert_intermediate_size"},
});

constexpr std::array kReal = std::to_array<Key>({
    {"attention.layer_norm_rms_epsilon", "rms_norm_eps"},
    {"attention.layer_norm_epsilon", "layer_norm_eps"},
    {"rope.freq_base", "rope_theta"},
    {"rope.freq_base_swa", "rope_local_base_freq"},
    {"attn_logit_softcapping", "attn_logit_softcapping"},
    {"final_logit_softcapping", "final_logit_softcapping"},
});

constexpr std::array kFlags = std::to_array<Key>({
    {"use_parallel_residual", "use_parallel_residual"},
    {"expert_weights_norm", "norm_topk_prob"},
});

constexpr std::array kTokens = std::to_array<Key>({
    {"bos_token_id", "bos_token_id"},
    {"eos_token_id", "eos_token_id"},
    {"padding_token_id", "pad_token_id"},
});

class Translation {
public:
    Translation(const GgufHeader& header, const GgufArchitecture& architecture, const std::string& subject)
        : m_header(header), m_settings(header.settings), m_prefix(std::string(architecture.name) + '.'),
          m_subject(subject), m_config(Json::parse(architecture.unsaid))
    {
        m_config["model_type"] = architecture.modelType;
    }

    void copyKeys();
    void settleHeads();
    void settleVocabulary();
    void settleRotation(const std::function<std::vector<float>(const GgufTensor&)>& values);
    void settleBlocks(); // what the presence of tensors tells
    void settleGemma();
    void settleNeoX();
    Json take() { return std::move(m_config); }

private:
    std::string key(std::string_view behind) const { return m_prefix + std::string(behind); }
    const GgufTensor* tensor(std::string_view name) const
    {
        const auto hit = std::ranges::find(m_header.tensors, name, &GgufTensor::name);
        return hit == m_header.tensors.end() ? nullptr : &*hit;
    }
    bool isOf(std::string_view modelType) const { return m_config["model_type"] == modelType; }
    std::optional<std::int64_t> whole(std::string_view behind) const;
    std::int64_t number(const char* key) const // 0 where there is none
    {
        return m_config.contains(key) && m_config[key].is_number_integer() ? m_config[key].get<std::int64_t>() : 0;
    }
    std::vector<float> factorsIn(const GgufTensor& tensor,
                                 const std::function<std::vector<float>(const GgufTensor&)>& values) const;

    const GgufHeader& m_header;
    const GgufSettings& m_settings;
    std::string m_prefix;
    const std::string& m_subject;
    Json m_config;
};

// A number, or a list of one number a block that is the same everywhere.
std::optional<std::int64_t> Translation::whole(std::string_view behind) const
{
    const std::vector<std::int64_t>* list = m_settings.integers(key(behind));
    if (list == nullptr || list->empty()) return m_settings.integer(key(behind));
    if (std::ranges::count(*list, list->front()) != std::ptrdiff_t(list->size()))
        throw Error(ErrorCode::UnsupportedModel, m_subject,
                    "has blocks that differ in " + key(behind) + ", which this version cannot compute",
                    "choose a model whose blocks are alike");
    return list->front();
}

void Translation::copyKeys()
{
    for (const Key& line : kWhole)
        if (const auto value = whole(line.from)) m_config[line.to] = *value;
    for (const Key& line : kReal)
        if (const auto value = m_settings.real(key(line.from))) m_config[line.to] = *value;
    for (const Key& line : kFlags)
        if (const auto value = m_settings.flag(key(line.from))) m_config[line.to] = *value;
    for (const Key& line : kTokens)
        if (const auto value = m_settings.integer("tokenizer.ggml." + std::string(line.from)))
            m_config[line.to] = *value;
    if (number("sliding_window") == 0 && m_config.contains("sliding_window")) m_config["sliding_window"] = nullptr;
}

// Also where config.json may leave them out: what is usual then differs from type to type.
void Translation::settleHeads()
{
    constexpr std::int64_t kMost = 65'536;
    const std::int64_t heads = number("num_attention_heads");
    if (!m_config.contains("num_key_value_heads")) m_config["num_key_value_heads"] = heads;
    const std::int64_t keyHeads = number("num_key_value_heads"), width = number("hidden_size");
    if (heads < 1 || heads > kMost || keyHeads < 1 || keyHeads > kMost)
        throw Error(ErrorCode::BadConfig, m_subject,
                    fmt::format("has {} heads and {} of keys ({})", heads, keyHeads, key("attention.head_count")),
                    "the file is damaged: download it again");
    if (!m_config.contains("head_dim")) m_config["head_dim"] = width / heads;
    if (whole("attention.value_length").value_or(number("head_dim")) != number("head_dim"))
        throw Error(ErrorCode::UnsupportedModel, m_subject,
                    "has values of another width than its keys, which this version cannot compute",
                    "choose a model whose heads have one width");
}

void Translation::settleVocabulary()
{
    const GgufTensor* tokens = tensor("token_embd.weight");
    const std::vector<std::string>* texts = m_settings.texts("tokenizer.ggml.tokens");
    if (tokens != nullptr && tokens->shape.size() == 2)
        m_config["vocab_size"] = tokens->shape[0];
    else if (const auto told = whole("vocab_size"))
        m_config["vocab_size"] = *told;
    else if (texts != nullptr)
        m_config["vocab_size"] = texts->size();
    m_config["tie_word_embeddings"] = tensor("output.weight") == nullptr;
    const auto turn = m_settings.integer("tokenizer.ggml.eot_token_id");
    if (turn && m_config.contains("eos_token_id") && m_config["eos_token_id"] != *turn)
        m_config["eos_token_id"] = Json::array({m_config["eos_token_id"], *turn});
}

std::vector<float> Translation::factorsIn(const GgufTensor& tensor,
                                          const std::function<std::vector<float>(const GgufTensor&)>& values) const
{
    constexpr std::int64_t kMost = 65'536;
    const bool fits = tensor.shape.size() == 1 && tensor.shape[0] <= kMost && tensor.type->format;
    std::vector<float> factors = fits ? values(tensor) : std::vector<float>();
    if (factors.empty() || !std::ranges::all_of(factors, [](float f) { return std::isfinite(f) && f > 0; }))
        throw Error(ErrorCode::BadWeights, m_subject, "has no usable factors of the rotation in " + tensor.name,
                    "the file is damaged: download it again");
    return factors;
}

// How much of a head turns; where nothing is said, all.
double turnedPart(std::int64_t turned, std::int64_t width)
{
    if (turned <= 0 || width <= 0) return 1;
    const double part = double(turned) / double(width);
    const bool rounds =
        std::int64_t(double(width) * part) < turned; // whoever multiplies drops what is behind the point
    return rounds ? std::nextafter(part, 2.0 * part) : part;
}

void Translation::settleRotation(const std::function<std::vector<float>(const GgufTensor&)>& values)
{
    constexpr double kUsualBase = 10'000;
    if (!m_config.contains("rope_theta")) m_config["rope_theta"] = kUsualBase;
    m_config["partial_rotary_factor"] = turnedPart(whole("rope.dimension_count").value_or(0), number("head_dim"));
    if (const GgufTensor* divisors = tensor("rope_freqs.weight"))
        m_config["rope_frequency_divisors"] = factorsIn(*divisors, values);
    Json scaling = Json::object();
    const auto factor = m_settings.real(key("rope.scaling.factor"));
    const auto attention = m_settings.real(key("rope.scaling.attn_factor"));
    const std::string kind = shownName(m_settings.text(key("rope.scaling.type")).value_or(factor ? "linear" : "none"));
    const GgufTensor *longer = tensor("rope_factors_long.weight"), *shorter = tensor("rope_factors_short.weight");
    if (longer != nullptr && shorter != nullptr) {
        scaling = {{"rope_type", "longrope"},
                   {"long_factor", factorsIn(*longer, values)},
                   {"short_factor", factorsIn(*shorter, values)}};
        if (attention) scaling["attention_factor"] = *attention;
    } else if (kind != "none") {
        scaling = {{"rope_type", kind}, {"factor", factor.value_or(1)}};
        // llama.cpp multiplies it by what the paper of YaRN says.
        if (attention && kind == "yarn")
            scaling["attention_factor"] = *attention * (0.1 * std::log(std::max(1.0, factor.value_or(1))) + 1);
    }
    if (scaling.empty()) return;
    if (const auto original = whole("rope.scaling.original_context_length"))
        scaling["original_max_position_embeddings"] = *original;
    m_config["rope_scaling"] = std::move(scaling);
}

void Translation::settleBlocks()
{
    const auto holds = [&](const char* name) { return tensor(name) != nullptr; };
    m_config["attention_bias"] = holds("blk.0.attn_q.bias");
    m_config["mlp_bias"] = holds("blk.0.ffn_up.bias");
    if (isOf("stablelm")) {
        m_config["use_qkv_bias"] = holds("blk.0.attn_q.bias");
        m_config["qk_layernorm"] = holds("blk.0.attn_q_norm.weight");
    }
    if (!isOf("qwen2_moe") && !isOf("qwen3_moe")) return;
    if (!m_config.contains("moe_intermediate_size")) m_config["moe_intermediate_size"] = number("intermediate_size");
    static constexpr std::array kPlain = std::to_array<Rename>({{"blk.#.ffn_gate.weight", "$1"}});
    m_config["mlp_only_layers"] = Json::array(); // one MLP instead of experts
    for (const GgufTensor& tensor : m_header.tensors)
        if (const std::string block = renamed(tensor.name, kPlain); block != tensor.name)
            m_config["mlp_only_layers"].push_back(std::stoi(block));
}

// The scale of the queries and the pattern of the windows, which no file holds: the largest models (27B) divide by
// the width of the model over its heads.
void Translation::settleGemma()
{
    constexpr std::int64_t kLargest2 = 46, kLargest3 = 62; // blocks
    if (!isOf("gemma2") && !isOf("gemma3_text")) return;
    const std::int64_t blocks = number("num_hidden_layers");
    const bool largest = blocks == (isOf("gemma2") ? kLargest2 : kLargest3);
    m_config["query_pre_attn_scalar"] =
        largest ? number("hidden_size") / number("num_attention_heads") : number("head_dim");
    const std::string pattern = key("attention.sliding_window_pattern");
    if (const auto every = m_settings.integer(pattern)) m_config["sliding_window_pattern"] = *every;
    if (const auto* slides = m_settings.integers(pattern)) {
        Json kinds = Json::array();
        for (const std::int64_t slide : *slides) kinds.push_back(slide != 0 ? "sliding_attention" : "full_attention");
        m_config["layer_types"] = std::move(kinds);
    }
}

void Translation::settleNeoX()
{
    if (!isOf("gpt_neox")) return;
    m_config["rotary_pct"] = m_config["partial_rotary_factor"];
    m_config["rotary_emb_base"] = m_config["rope_theta"];
}

} // namespace

Json ggufConfig(const GgufHeader& header, const GgufArchitecture* architecture,
                const std::function<std::vector<float>(const GgufTensor&)>& values, const std::string& subject)
{
    const std::string name = shownName(header.settings.text("general.architecture").value_or(""));
    if (architecture == nullptr) return name.empty() ? Json::object() : Json{{"model_type", name}};
    Translation translation(header, *architecture, subject);
    translation.copyKeys();
    translation.settleHeads();
    translation.settleVocabulary();
    translation.settleRotation(values);
    translation.settleBlocks();
    translation.settleGemma();
    translation.settleNeoX();
    return translation.take();
}

} // namespace headlens
