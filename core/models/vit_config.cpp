// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/vit_config.h"

#include "core/base/error.h"

#include <charconv>

namespace headlens {
namespace {

[[noreturn]] void refuse(const std::string& subject, const std::string& why)
{
    throw Error(ErrorCode::BadConfig, subject, why, "check config.json or download it again");
}

// Reads optional keys of one JSON object, each with its range.
class Fields {
public:
    Fields(const Json& json, const std::string& subject) : m_json(json), m_subject(subject) {}

    std::int64_t integer(const char* key, std::int64_t fallback, std::int64_t low, std::int64_t high) const
    {
        if (!present(key)) return fallback;
        const Json& value = m_json[key];
        if (!value.is_number_integer()) refuse(m_subject, std::string(key) + " is no integer");
        const bool huge = value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t(INT64_MAX);
        const std::int64_t number = huge ? INT64_MAX : value.get<std::int64_t>();
        if (number < low || number > high)
            refuse(m_subject, std::string(key) + " is " + value.dump() + ", outside " + std::to_string(low) + " to " +
                                  std::to_string(high));
        return number;
    }
    double real(const char* key, double fallback, double low, double high) const
    {
        if (!present(key)) return fallback;
        if (!m_json[key].is_number()) refuse(m_subject, std::string(key) + " is no number");
        const double number = m_json[key].get<double>();
        if (!(number >= low && number <= high)) refuse(m_subject, std::string(key) + " is out of range");
        return number;
    }
    bool flag(const char* key, bool fallback) const
    {
        if (!present(key)) return fallback;
        if (!m_json[key].is_boolean()) refuse(m_subject, std::string(key) + " is neither true nor false");
        return m_json[key].get<bool>();
    }
    std::string text(const char* key, const std::string& fallback) const
    {
        if (!present(key)) return fallback;
        if (!m_json[key].is_string()) refuse(m_subject, std::string(key) + " is no text");
        return m_json[key].get<std::string>();
    }
    // A size that may be one number or [height, width].
    std::pair<std::int64_t, std::int64_t> size(const char* key, std::int64_t fallback, std::int64_t high) const
    {
        if (!present(key) || !m_json[key].is_array()) {
            const std::int64_t side = integer(key, fallback, 1, high);
            return {side, side};
        }
        const Json& pair = m_json[key];
        if (pair.size() != 2) refuse(m_subject, std::string(key) + " is a list without two numbers");
        const Json both{{"height", pair[0]}, {"width", pair[1]}};
        const Fields inner(both, m_subject);
        return {inner.integer("height", fallback, 1, high), inner.integer("width", fallback, 1, high)};
    }

private:
    bool present(const char* key) const { return m_json.contains(key) && !m_json[key].is_null(); }
    const Json& m_json;
    const std::string& m_subject;
};

} // namespace

std::vector<std::string> parseLabels(const Json& config, const std::string& subject)
{
    if (!config.contains("id2label") || !config["id2label"].is_object()) return {};
    const Json& table = config["id2label"];
    constexpr std::size_t kMostLabels = 1'000'000;
    if (table.size() > kMostLabels) refuse(subject, "id2label names more than a million classes");
    std::vector<std::string> labels(table.size());
    for (const auto& [key, value] : table.items()) {
        std::size_t id = labels.size();
        const auto [end, problem] = std::from_chars(key.data(), key.data() + key.size(), id);
        if (problem != std::errc() || end != key.data() + key.size() || id >= labels.size())
            refuse(subject, "id2label has the key \"" + key.substr(0, 40) + "\", ids must count from 0");
        labels[id] = value.is_string() ? value.get<std::string>() : value.dump();
    }
    return labels;
}

void validate(const VitConfig& config, const std::string& subject)
{
    if (config.width % config.heads != 0)
        refuse(subject,
               std::to_string(config.heads) + " heads do not divide the width " + std::to_string(config.width));
    if (config.gridHeight() < 1 || config.gridWidth() < 1) refuse(subject, "a patch is larger than the picture");
    constexpr std::int64_t kMostTokens = 1'000'000;
    if (config.gridHeight() * config.gridWidth() > kMostTokens)
        refuse(subject, "the picture has more than a million patches");
}

VitConfig parseVitConfig(const Json& json, const std::string& subject)
{
    const Fields fields(json, subject);
    VitConfig config;
    config.width = fields.integer("hidden_size", 768, 1, 65'536);
    config.layers = fields.integer("num_hidden_layers", 12, 1, 1'000);
    config.heads = fields.integer("num_attention_heads", 12, 1, 1'024);
    config.mlpWidth = fields.integer("intermediate_size", 3072, 1, 1'048'576);
    std::tie(config.imageHeight, config.imageWidth) = fields.size("image_size", 224, 65'536);
    const auto [patchHeight, patchWidth] = fields.size("patch_size", 16, 4'096);
    if (patchHeight != patchWidth) refuse(subject, "patches are not square");
    config.patch = patchHeight;
    config.channels = fields.integer("num_channels", 3, 1, 64);
    config.eps = fields.real("layer_norm_eps", 1e-12, 0, 1);
    config.queryKeyValueBias = fields.flag("qkv_bias", true);
    config.activation = fields.text("hidden_act", "gelu");
    config.labels = parseLabels(json, subject);
    validate(config, subject);
    return config;
}

} // namespace headlens
