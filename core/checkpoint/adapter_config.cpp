// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/adapter_config.h"

#include "core/base/error.h"
#include "core/wire/json_fields.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

constexpr std::int64_t kLargestRank = 65'536;
constexpr double kLargestAlpha = 1e6;

[[noreturn]] void refuse(const std::string& subject, const std::string& what)
{
    throw Error(ErrorCode::UnsupportedModel, subject, what + ", which this version does not compute",
                "merge it into its base model (merge_and_unload in PEFT) and open that");
}

// Keys by which a LoRA adapter is more than W + B A.
void requirePlain(const Json& json, const std::string& subject)
{
    struct Kind {
        const char *key, *name;
    };
    static constexpr std::array<Kind, 9> kKinds{{{"use_dora", "DoRA"},
                                                 {"use_qalora", "QALoRA"},
                                                 {"use_bdlora", "BD-LoRA"},
                                                 {"lora_bias", "LoRA with a bias"},
                                                 {"alora_invocation_tokens", "activated LoRA"},
                                                 {"layer_replication", "LoRA over layers that are repeated"},
                                                 {"target_parameters", "LoRA of single parameters"},
                                                 {"trainable_token_indices", "LoRA with single trained tokens"},
                                                 {"arrow_config", "Arrow"}}};
    for (const Kind& kind : kKinds) {
        if (!json.contains(kind.key)) continue;
        const Json& value = json[kind.key];
        const bool isOff = value.is_null() || value == false || (value.is_structured() && value.empty());
        if (!isOff) refuse(subject, std::string("is ") + kind.name);
    }
    // These change the base before anything is added to it.
    static constexpr std::array<std::string_view, 5> kStarts{"pissa", "olora", "loftq", "corda", "lora_ga"};
    if (!json.contains("init_lora_weights") || !json["init_lora_weights"].is_string()) return;
    const auto start = json["init_lora_weights"].get<std::string>();
    for (const std::string_view known : kStarts)
        if (start.starts_with(known)) refuse(subject, "begins with " + start);
}

// The patterns of PEFT are regular expressions of whole ends of names; names themselves are all that is used of them.
std::string patternOf(const std::string& key, const JsonFields& fields)
{
    constexpr std::size_t kLongest = 512;
    std::string name = key.starts_with('^') ? key.substr(1) : key;
    if (name.ends_with('$')) name.pop_back();
    for (std::size_t at = name.find("\\."); at != std::string::npos; at = name.find("\\.", at)) name.erase(at, 1);
    if (name.empty() || name.size() > kLongest || name.find_first_of("\\^$*+?()[]{}|") != std::string::npos)
        fields.refuse("has a pattern that is no name of a module (\"" + key.substr(0, 80) + "\")");
    return name;
}

const Json& patternsIn(const Json& json, const char* key, const JsonFields& fields)
{
    static const Json kNone = Json::object();
    constexpr std::size_t kMost = 100'000;
    if (!json.contains(key) || json[key].is_null()) return kNone;
    if (!json[key].is_object() || json[key].size() > kMost) fields.refuse(std::string(key) + " is no list of modules");
    return json[key];
}

template <class Value>
Value valueFor(const std::vector<std::pair<std::string, Value>>& patterns, const std::string& module, Value otherwise)
{
    const auto hit = std::ranges::find_if(patterns, [&](const auto& pattern) {
        const std::string& end = pattern.first;
        return module.ends_with(end) && (module.size() == end.size() || module[module.size() - end.size() - 1] == '.');
    });
    return hit == patterns.end() ? otherwise : hit->second;
}

} // namespace

std::int64_t AdapterConfig::rankOf(const std::string& module) const
{
    return valueFor(ranks, module, rank);
}

double AdapterConfig::scalingOf(const std::string& module) const
{
    const auto own = double(rankOf(module));
    return valueFor(alphas, module, alpha) / (isRankStabilised ? std::sqrt(own) : own);
}

AdapterConfig parseAdapterConfig(const Json& json, const std::string& subject)
{
    constexpr std::size_t kLongestBase = 4'096;
    const JsonFields fields(json, subject);
    const std::string kind = fields.text("peft_type", "");
    if (kind.empty()) fields.refuse("does not say what kind of adapter it is (peft_type)");
    if (kind != "LORA") refuse(subject, "is a " + kind.substr(0, 80) + " adapter");
    requirePlain(json, subject);
    AdapterConfig config;
    config.base = fields.text("base_model_name_or_path", "");
    if (config.base.size() > kLongestBase || config.base.find('\0') != std::string::npos)
        fields.refuse("names a base that is no path (base_model_name_or_path)");
    config.rank = fields.integer("r", config.rank, 1, kLargestRank);
    config.alpha = fields.real("lora_alpha", config.alpha, -kLargestAlpha, kLargestAlpha);
    config.isRankStabilised = fields.flag("use_rslora", false);
    config.isFanInFanOut = fields.flag("fan_in_fan_out", false);
    for (const auto& [key, value] : patternsIn(json, "rank_pattern", fields).items())
        config.ranks.emplace_back(patternOf(key, fields),
                                  JsonFields(Json{{"r", value}}, subject).integer("r", config.rank, 1, kLargestRank));
    for (const auto& [key, value] : patternsIn(json, "alpha_pattern", fields).items())
        config.alphas.emplace_back(
            patternOf(key, fields),
            JsonFields(Json{{"alpha", value}}, subject).real("alpha", config.alpha, -kLargestAlpha, kLargestAlpha));
    return config;
}

} // namespace headlens
