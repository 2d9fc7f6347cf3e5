// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/vit_shared.h"

#include "core/base/error.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace headlens {
namespace {

// --set layer_norm_eps=1e-6: some converted checkpoints carry the default of the target class instead of their own.
double epsOf(const ModelSettings& settings, double fallback)
{
    const auto hit = settings.find("layer_norm_eps");
    if (hit == settings.end()) return fallback;
    char* end = nullptr;
    const double value = std::strtod(hit->second.c_str(), &end);
    if (end == hit->second.c_str() || *end != '\0' || !(value >= 0 && value <= 1))
        throw Error(ErrorCode::Usage, "--set layer_norm_eps", "\"" + hit->second + "\" is no number from 0 to 1");
    return value;
}

std::int64_t settingOf(const ModelSettings& settings, const std::string& key, std::int64_t fallback)
{
    const auto hit = settings.find(key);
    if (hit == settings.end()) return fallback;
    std::int64_t value = 0;
    const std::string& text = hit->second;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || value < 1 || value > 65'536)
        throw Error(ErrorCode::Usage, "--set " + key, "\"" + text + "\" is no number from 1 to 65536");
    return value;
}

// Nothing in a bare checkpoint holds the head count; these are the published models of each width.
std::int64_t usualHeads(std::int64_t width)
{
    static constexpr std::array<std::pair<std::int64_t, std::int64_t>, 7> kTable{
        {{192, 3}, {384, 6}, {768, 12}, {1024, 16}, {1152, 16}, {1280, 16}, {1536, 24}}};
    for (const auto& [known, heads] : kTable)
        if (known == width) return heads;
    return width % 64 == 0 ? width / 64 : 1;
}

std::int64_t extent(const Checkpoint& checkpoint, const std::string& name, std::size_t dimension)
{
    const auto shape = checkpoint.shapeOf(name);
    if (!shape || shape->size() <= dimension)
        throw Error(ErrorCode::BadWeights, checkpoint.path(),
                    "lacks the tensor " + name + ", and no config.json says what it is",
                    "open the folder that holds config.json");
    return (*shape)[dimension];
}

VitConfig configFromShapes(const Checkpoint& checkpoint, const ModelSettings& settings, std::size_t prefixTokens,
                           std::vector<std::string>& assumptions)
{
    const std::string patches = "embeddings.patch_embeddings.projection.weight";
    VitConfig config;
    config.width = extent(checkpoint, patches, 0);
    config.channels = extent(checkpoint, patches, 1);
    config.patch = extent(checkpoint, patches, 2);
    config.mlpWidth = extent(checkpoint, "encoder.layer.0.intermediate.dense.weight", 0);
    config.layers = 0;
    while (checkpoint.has("encoder.layer." + std::to_string(config.layers) + ".layernorm_before.weight"))
        ++config.layers;
    config.queryKeyValueBias = checkpoint.has("encoder.layer.0.attention.attention.query.bias");
    const std::int64_t grid = extent(checkpoint, "embeddings.position_embeddings", 1) - std::int64_t(prefixTokens);
    const auto side = std::int64_t(std::lround(std::sqrt(double(std::max<std::int64_t>(grid, 0)))));
    config.imageHeight = config.imageWidth = settingOf(settings, "image_size", side * config.patch);
    config.heads = settingOf(settings, "num_heads", usualHeads(config.width));
    config.eps = epsOf(settings, 1e-6); // timm and facebook
    assumptions.push_back("heads: " + std::to_string(config.heads) + " (usual for width " +
                          std::to_string(config.width) + ")");
    assumptions.push_back(settings.contains("layer_norm_eps") ? "activation: gelu"
                                                              : "layer_norm_eps: 1e-6, activation: gelu");
    return config;
}

} // namespace

VitConfig vitConfigFor(const Checkpoint& checkpoint, const ModelSettings& settings, std::size_t prefixTokens,
                       std::vector<std::string>& assumptions)
{
    const auto& json = checkpoint.config();
    const bool described = json && (json->contains("hidden_size") || json->contains("model_type"));
    if (!described) {
        VitConfig config = configFromShapes(checkpoint, settings, prefixTokens, assumptions);
        validate(config, checkpoint.path());
        return config;
    }
    VitConfig config = parseVitConfig(*json, checkpoint.path() + "/config.json");
    config.heads = settingOf(settings, "num_heads", config.heads);
    config.eps = epsOf(settings, config.eps);
    config.imageHeight = settingOf(settings, "image_size", config.imageHeight);
    config.imageWidth = settingOf(settings, "image_size", config.imageWidth);
    validate(config, checkpoint.path());
    return config;
}

PreprocessPlan planFor(const Checkpoint& checkpoint, const VitConfig& config, std::vector<std::string>& assumptions)
{
    const int side = int(config.imageHeight);
    if (checkpoint.preprocessor())
        return parsePreprocessPlan(*checkpoint.preprocessor(), checkpoint.path() + "/preprocessor_config.json", side);
    const bool imageNet = checkpoint.layout().name != "Hugging Face";
    assumptions.push_back(
        imageNet ? "preprocessing: shortest edge x 256/224 bicubic, centre crop, ImageNet mean and deviation"
                 : "preprocessing: squash bilinear, mean and deviation 0.5");
    return imageNet ? imageNetPlan(int(config.imageHeight), int(config.imageWidth))
                    : halfPlan(int(config.imageHeight), int(config.imageWidth));
}

ModelFacts factsFrom(const VitConfig& config)
{
    ModelFacts facts;
    facts.layers = int(config.layers);
    facts.heads = int(config.heads);
    facts.width = int(config.width);
    facts.patch = int(config.patch);
    facts.channels = int(config.channels);
    facts.imageHeight = int(config.imageHeight);
    facts.imageWidth = int(config.imageWidth);
    facts.labels = config.labels;
    return facts;
}

void loadEncoder(VitEncoder& encoder, WeightBinder& binder)
{
    encoder.visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
        weight = binder.take(name, shape);
    });
}

Linear takeHead(const Checkpoint& checkpoint, WeightBinder& binder, const std::string& name, std::int64_t width,
                int& classes)
{
    const auto shape = checkpoint.shapeOf(name + ".weight");
    if (!shape || shape->size() != 2) return {};
    classes = int((*shape)[0]);
    return {binder.take(name + ".weight", {(*shape)[0], width}), binder.takeOptional(name + ".bias", {(*shape)[0]})};
}

bool wantsNonFinite(const ModelSettings& settings)
{
    const auto hit = settings.find("allow_nonfinite");
    return hit != settings.end() && hit->second == "1";
}

} // namespace headlens
