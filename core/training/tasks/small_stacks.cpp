// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tasks/small_stacks.h"

#include "core/wire/safe_json.h"

namespace headlens {
namespace {
std::int64_t mlpWidthOf(const StackSize& size)
{
    return size.mlpWidth > 0 ? size.mlpWidth : 4 * size.width;
}
} // namespace

StackConfig smallStack(const std::string& name, const StackSize& size, std::int64_t vocabulary, std::int64_t positions)
{
    StackConfig config;
    config.name = name;
    config.layers = size.layers;
    config.width = size.width;
    config.heads = size.heads;
    config.headWidth = size.width / size.heads;
    config.mlpWidth = mlpWidthOf(size);
    config.eps = 1e-5;
    config.normFirst = config.finalNorm = true;
    config.vocabulary = vocabulary;
    config.positions = positions;
    return config;
}

VitConfig smallVit(const StackSize& size, std::int64_t side, std::int64_t patch)
{
    VitConfig config;
    config.width = size.width;
    config.layers = size.layers;
    config.heads = size.heads;
    config.mlpWidth = mlpWidthOf(size);
    config.patch = patch;
    config.imageHeight = config.imageWidth = side;
    config.eps = 1e-6;
    return config;
}

VitConfig smallClipEye(const StackSize& size, std::int64_t side, std::int64_t patch)
{
    VitConfig config = smallVit(size, side, patch);
    config.eps = 1e-5;
    config.activation = "quick_gelu";
    config.patchBias = false;
    config.normBefore = true;
    return config;
}

VitConfig smallEye(const StackSize& size, std::int64_t side, std::int64_t patch)
{
    VitConfig config = smallVit(size, side, patch);
    config.prefix.clear();
    config.positionedPrefix = 0;
    return config;
}

Json sizesOf(const VitConfig& config)
{
    return {{"hidden_size", config.width},         {"num_hidden_layers", config.layers},
            {"num_attention_heads", config.heads}, {"intermediate_size", config.mlpWidth},
            {"image_size", config.imageHeight},    {"patch_size", config.patch}};
}

Json vitJson(const VitConfig& config)
{
    Json json = sizesOf(config);
    json.update({{"architectures", {"ViTModel"}},
                 {"model_type", "vit"},
                 {"num_channels", config.channels},
                 {"layer_norm_eps", config.eps},
                 {"hidden_act", config.activation},
                 {"qkv_bias", true}});
    return json;
}

Json visionLanguageJson(const VitConfig& vision, const StackConfig& text)
{
    Json seen = sizesOf(vision);
    seen["layer_norm_eps"] = vision.eps;
    const Json read{
        {"hidden_size", text.width}, {"num_hidden_layers", text.layers}, {"num_attention_heads", text.heads}};
    return {{"vision_config", seen},
            {"text_config", read},
            {"layer_norm_eps", text.eps},
            {"eos_token_id", 1},
            {"pad_token_id", 0}};
}

} // namespace headlens
