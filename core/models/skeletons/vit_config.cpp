// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/vit_config.h"

#include "core/base/error.h"
#include "core/wire/json_fields.h"
#include "core/wire/safe_json.h"

#include <charconv>

namespace headlens {
namespace {

[[noreturn]] void refuse(const std::string& subject, const std::string& why)
{
    throw Error(ErrorCode::BadConfig, subject, why, "check config.json or download it again");
}

} // namespace

std::vector<std::string> parseLabels(const Json& config, const std::string& subject)
{
    if (config.contains("label_names") && config["label_names"].is_array()) { // timm's
        std::vector<std::string> names;
        for (const Json& name : config["label_names"])
            names.push_back(name.is_string() ? name.get<std::string>() : name.dump());
        return names;
    }
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

namespace {

// What the classes of transformers assume where config.json is silent (appendix C).
struct ClassDefaults {
    double eps;
    std::int64_t patch;
};

ClassDefaults defaultsOf(const std::string& type)
{
    if (type == "dinov2") return {1e-6, 14};
    if (type == "dinov2_with_registers") return {1e-6, 16};
    if (type == "dinov3_vit") return {1e-5, 16};
    return {1e-12, 16};
}

void parseDino2(VitConfig& config, const JsonFields& fields)
{
    config.gated = fields.flag("use_swiglu_ffn", false);
    const auto plain = std::int64_t(double(config.width) * fields.real("mlp_ratio", 4, 0.01, 64));
    config.mlpWidth = config.gated ? (plain * 2 / 3 + 7) / 8 * 8 : plain;
    config.layerScale = true;
    if (config.gated) config.activation = "silu";
}

void parseDino3(VitConfig& config, const JsonFields& fields)
{
    config.mlpWidth = fields.integer("intermediate_size", 1536, 1, 1'048'576);
    config.gated = fields.flag("use_gated_mlp", false);
    config.queryBias = fields.flag("query_bias", true);
    config.keyBias = fields.flag("key_bias", false);
    config.valueBias = fields.flag("value_bias", true);
    config.outputBias = fields.flag("proj_bias", true);
    config.mlpBias = fields.flag("mlp_bias", true);
    config.ropeTheta = fields.real("rope_theta", 100, 1, 1e9);
    config.layerScale = true;
    config.positions = false;
    config.positionedPrefix = 0;
}

void parseBeit(VitConfig& config, const JsonFields& fields)
{
    config.keyBias = false;
    config.positions = fields.flag("use_absolute_position_embeddings", false);
    config.relativeBias = fields.flag("use_relative_position_bias", false);
    config.sharedRelativeBias = fields.flag("use_shared_relative_position_bias", false);
    config.layerScale = fields.real("layer_scale_init_value", 0.1, -1e6, 1e6) > 0;
    config.finalNorm = !fields.flag("use_mean_pooling", true);
}

} // namespace

VitConfig parseVitConfig(const Json& json, const std::string& subject)
{
    const JsonFields fields(json, subject);
    const std::string type = fields.text("model_type", "vit");
    const ClassDefaults defaults = defaultsOf(type);
    const bool dino3 = type == "dinov3_vit", registers = dino3 || type == "dinov2_with_registers";
    VitConfig config;
    config.width = fields.integer("hidden_size", dino3 ? 384 : 768, 1, 65'536);
    config.layers = fields.integer("num_hidden_layers", 12, 1, 1'000);
    config.heads = fields.integer("num_attention_heads", dino3 ? 6 : 12, 1, 1'024);
    config.mlpWidth = fields.integer("intermediate_size", 3072, 1, 1'048'576);
    std::tie(config.imageHeight, config.imageWidth) = fields.size("image_size", 224, 65'536);
    const auto [patchHeight, patchWidth] = fields.size("patch_size", defaults.patch, 4'096);
    if (patchHeight != patchWidth) refuse(subject, "patches are not square");
    config.patch = patchHeight;
    config.channels = fields.integer("num_channels", 3, 1, 64);
    config.eps = fields.real("layer_norm_eps", defaults.eps, 0, 1);
    config.queryBias = config.keyBias = config.valueBias = fields.flag("qkv_bias", true);
    config.activation = fields.text("hidden_act", "gelu");
    if (fields.text("pooler_act", "tanh") != "tanh") refuse(subject, "the pooler has another activation than tanh");
    config.labels = parseLabels(json, subject);
    config.pattern = fields.text("attention_pattern", "dense");
    if (config.pattern == "low rank") config.recipes = fields.integer("recipes", 8, 1, 65'536);
    config.routed = fields.integers("routed_blocks", {}, 0, config.layers - 1, std::size_t(config.layers));
    if (!config.routed.empty()) {
        const std::int64_t patches = config.gridHeight() * config.gridWidth();
        config.capacity =
            fields.integer("capacity", std::max<std::int64_t>(1, patches / 8), 1, std::max<std::int64_t>(1, patches));
    }
    if (registers) {
        const std::int64_t count = fields.integer("num_register_tokens", dino3 ? 0 : 4, 0, 1'024);
        if (count > 0) config.prefix.push_back({"register_tokens", "reg", count});
    }
    if (type.starts_with("dinov2")) parseDino2(config, fields);
    if (dino3) parseDino3(config, fields);
    if (type == "beit") parseBeit(config, fields);
    if (type == "dinov2_with_registers")
        config.interpolation = PositionInterpolation::Timm; // antialiased, as facebook's
    validate(config, subject);
    return config;
}

} // namespace headlens
