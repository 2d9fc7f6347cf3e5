// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/swin_config.h"

#include "core/models/skeletons/vit_config.h"
#include "core/wire/json_fields.h"
#include "core/wire/safe_json.h"

#include <algorithm>

namespace headlens {
namespace {

constexpr std::size_t kMostStages = 8;
constexpr std::int64_t kLargestWindow = 64; // published ones reach 32

// v2 fixes window and shift when the model is built, from the resolution each stage is trained at.
void settleVersion2(SwinConfig& config)
{
    std::int64_t height = config.imageHeight / config.patch;
    for (SwinStage& stage : config.stages) {
        stage.shifts = height > stage.windowHeight;
        stage.windowHeight = stage.windowWidth = std::max<std::int64_t>(1, std::min(height, stage.windowHeight));
        height /= 2;
    }
}

WindowGrid clampPerAxis(const SwinStage& stage, int height, int width, bool odd)
{
    WindowGrid grid{height, width, int(stage.windowHeight), int(stage.windowWidth), 0, 0, true};
    if (odd && height > grid.windowHeight) grid.shiftY = grid.windowHeight / 2;
    if (odd && width > grid.windowWidth) grid.shiftX = grid.windowWidth / 2;
    return grid;
}

WindowGrid keepWindow(const SwinStage& stage, int height, int width, bool odd)
{
    WindowGrid grid{height, width, int(stage.windowHeight), int(stage.windowWidth)};
    if (odd && grid.windowHeight < grid.paddedHeight()) grid.shiftY = grid.windowHeight / 2;
    if (odd && grid.windowWidth < grid.paddedWidth()) grid.shiftX = grid.windowWidth / 2;
    return grid;
}

} // namespace

int SwinConfig::blocks() const
{
    std::int64_t total = 0;
    for (const SwinStage& stage : stages) total += stage.depth;
    return int(total);
}

void validate(const SwinConfig& config, const std::string& subject)
{
    static const Json kNone = Json::object();
    const JsonFields fields(kNone, subject);
    if (config.stages.empty() || config.stages.size() > kMostStages) fields.refuse("there are no or too many stages");
    for (const SwinStage& stage : config.stages) {
        if (stage.heads < 1 || stage.width % stage.heads != 0)
            fields.refuse(std::to_string(stage.heads) + " heads do not divide the width " +
                          std::to_string(stage.width));
        if (stage.windowHeight < 1 || stage.windowWidth < 1 || stage.windowHeight > kLargestWindow ||
            stage.windowWidth > kLargestWindow)
            fields.refuse("the window is not of 1 to 64 tokens a side");
    }
    if (config.imageHeight < config.patch || config.imageWidth < config.patch)
        fields.refuse("a patch is larger than the picture");
    if (config.blocks() > 1000) fields.refuse("there are more than 1000 blocks");
}

SwinConfig parseSwinConfig(const Json& json, const std::string& subject)
{
    const JsonFields fields(json, subject);
    SwinConfig config;
    config.version = fields.text("model_type", "swin") == "swinv2" ? 2 : 1;
    const std::int64_t width = fields.integer("embed_dim", 96, 1, 8'192);
    const auto depths = fields.integers("depths", {2, 2, 6, 2}, 1, 1'000, kMostStages);
    const auto heads = fields.integers("num_heads", {3, 6, 12, 24}, 1, 1'024, kMostStages);
    const auto pretrained = fields.integers("pretrained_window_sizes", {0, 0, 0, 0}, 0, 1'024, kMostStages);
    if (heads.size() != depths.size()) fields.refuse("depths and num_heads differ in length");
    const std::int64_t window = fields.integer("window_size", 7, 1, 128);
    for (std::size_t i = 0; i < depths.size(); ++i)
        config.stages.push_back(
            {depths[i], heads[i], width << i, window, window, i < pretrained.size() ? pretrained[i] : 0, true});
    std::tie(config.imageHeight, config.imageWidth) = fields.size("image_size", 224, 65'536);
    config.patch = fields.size("patch_size", 4, 1'024).first;
    config.channels = fields.integer("num_channels", 3, 1, 64);
    config.mlpRatio = fields.real("mlp_ratio", 4, 0.01, 64);
    config.eps = fields.real("layer_norm_eps", 1e-5, 0, 1);
    config.queryKeyValueBias = fields.flag("qkv_bias", true);
    config.keyBias = config.queryKeyValueBias && config.version == 1;
    config.absolutePositions = fields.flag("use_absolute_embeddings", false);
    config.activation = fields.text("hidden_act", "gelu");
    config.labels = parseLabels(json, subject);
    validate(config, subject);
    if (config.version == 2) settleVersion2(config);
    return config;
}

WindowGrid windowsOf(const SwinConfig& config, std::size_t stage, std::int64_t block, std::int64_t height,
                     std::int64_t width)
{
    const SwinStage& shape = config.stages[stage];
    const int h = int(height), w = int(width);
    const bool odd = block % 2 == 1;
    if (config.rule == WindowRule::Timm) return clampPerAxis(shape, h, w, odd);
    if (config.rule == WindowRule::Torchvision) return keepWindow(shape, h, w, odd);
    const int window = int(shape.windowHeight);
    // A smaller side than the window makes transformers fail; here the map is padded to one window instead.
    const bool exceeds = std::min(h, w) > window;
    const bool shifts = odd && (config.version == 2 ? shape.shifts && (shape.shiftsKnown || exceeds) : exceeds);
    const int shift = shifts ? window / 2 : 0;
    return {h, w, window, int(shape.windowWidth), shift, shift};
}

} // namespace headlens
