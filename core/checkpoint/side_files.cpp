// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/side_files.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace headlens {
namespace {

const Json& objectIn(const Json& json, const char* key)
{
    static const Json kNone = Json::object();
    return json.contains(key) && json[key].is_object() ? json[key] : kNone;
}

// Copies what is there; checking is left to whoever reads it, as for any config.json.
void copy(const Json& from, const char* key, Json& to, const char* as)
{
    if (from.contains(key)) to[as] = from[key];
}

// "layers": 12; of a ResNet four numbers.
bool isTransformer(const Json& vision)
{
    return vision.contains("layers") && vision["layers"].is_number_integer() && !vision.contains("timm_model_name");
}

// What changes the numbers and is not computed here: a key with another value than the usual one. Known keys are sizes,
// dropouts and what the weights show.
std::optional<std::string> unusualIn(const Json& tower)
{
    static const std::map<std::string, Json> kUsual{{"pool_type", "tok"},
                                                    {"final_ln_after_pool", false},
                                                    {"attentional_pool", false},
                                                    {"global_average_pool", false},
                                                    {"pos_embed_type", "learnable"},
                                                    {"no_ln_pre", false},
                                                    {"ls_init_value", nullptr},
                                                    {"act_kwargs", nullptr},
                                                    {"norm_kwargs", nullptr},
                                                    {"no_causal_mask", false},
                                                    {"embed_cls", false},
                                                    {"proj_bias", false},
                                                    {"eos_id", nullptr}};
    for (const auto& [key, usual] : kUsual) {
        if (!tower.contains(key) || tower[key] == usual || tower[key].is_null()) continue;
        if (key == "pool_type" && tower[key] == "argmax") continue; // of a text: its end, as here
        return key + " = " + tower[key].dump();
    }
    return std::nullopt;
}

Json towerOf(const Json& tower, bool quick)
{
    Json config{{"hidden_act", quick ? "quick_gelu" : "gelu"}};
    for (const auto& [key, as] : {std::pair("width", "hidden_size"),
                                  {"layers", "num_hidden_layers"},
                                  {"heads", "num_attention_heads"},
                                  {"image_size", "image_size"},
                                  {"patch_size", "patch_size"},
                                  {"context_length", "max_position_embeddings"},
                                  {"vocab_size", "vocab_size"}})
        copy(tower, key, config, as);
    return config;
}

} // namespace

std::optional<OpenClipFiles> fromOpenClip(const Json& openClip)
{
    const Json& model = objectIn(openClip, "model_cfg");
    const Json &vision = objectIn(model, "vision_cfg"), &text = objectIn(model, "text_cfg");
    if (!isTransformer(vision) || text.contains("hf_model_name")) return std::nullopt;
    for (const Json* tower : {&vision, &text})
        if (const auto unusual = unusualIn(*tower))
            throw Error(ErrorCode::UnsupportedModel, "open_clip_config.json",
                        "sets " + *unusual + ", which this version does not compute", "choose a plain CLIP model");
    if (model.contains("multimodal_cfg"))
        throw Error(ErrorCode::UnsupportedModel, "open_clip_config.json",
                    "describes CoCa, which this version cannot run", "choose a plain CLIP model");
    const bool quick =
        model.contains("quick_gelu") && model["quick_gelu"].is_boolean() && model["quick_gelu"].get<bool>();
    OpenClipFiles files;
    Json pictures = towerOf(vision, quick), words = towerOf(text, quick);
    const auto number = [](const Json& json, const char* key, std::int64_t fallback) {
        return json.contains(key) && json[key].is_number_integer() ? json[key].get<std::int64_t>() : fallback;
    };
    const std::int64_t headWidth = std::max<std::int64_t>(1, number(vision, "head_width", 64));
    pictures["num_attention_heads"] = number(vision, "width", 768) / headWidth;
    words["eos_token_id"] = 2; // the largest id closes a text
    files.config = {{"model_type", "clip"}, {"vision_config", pictures}, {"text_config", words}};
    const Json& preprocess = objectIn(openClip, "preprocess_cfg");
    const std::int64_t side = number(vision, "image_size", 224);
    const auto textOf = [&](const char* key, const char* fallback) {
        return preprocess.contains(key) && preprocess[key].is_string() ? preprocess[key].get<std::string>() : fallback;
    };
    const bool squashes = textOf("resize_mode", "shortest") == "squash";
    files.preprocessor = {{"do_resize", true},
                          {"resample", textOf("interpolation", "bicubic") == "bilinear" ? 2 : 3},
                          {"size", squashes ? Json{{"height", side}, {"width", side}} : Json{{"shortest_edge", side}}},
                          {"do_center_crop", !squashes},
                          {"crop_size", {{"height", side}, {"width", side}}},
                          {"do_rescale", true},
                          {"do_normalize", true},
                          {"do_convert_rgb", true},
                          {"image_mean", {0.48145466, 0.4578275, 0.40821073}},
                          {"image_std", {0.26862954, 0.26130258, 0.27577711}}};
    copy(preprocess, "mean", files.preprocessor, "image_mean");
    copy(preprocess, "std", files.preprocessor, "image_std");
    return files;
}

Pooling poolingFrom(const Json& config)
{
    static constexpr std::array<std::pair<const char*, Pooling>, 6> kModes{
        {{"pooling_mode_cls_token", Pooling::First},
         {"pooling_mode_mean_tokens", Pooling::Mean},
         {"pooling_mode_max_tokens", Pooling::Largest},
         {"pooling_mode_mean_sqrt_len_tokens", Pooling::MeanBySqrt},
         {"pooling_mode_weightedmean_tokens", Pooling::Unknown},
         {"pooling_mode_lasttoken", Pooling::Unknown}}};
    const auto isOn = [&](const auto& mode) {
        return config.contains(mode.first) && config[mode.first].is_boolean() &&
               config[mode.first].template get<bool>();
    };
    if (std::ranges::count_if(kModes, isOn) != 1) return Pooling::Unknown; // several: one behind the other
    return std::ranges::find_if(kModes, isOn)->second;
}

SentenceModules sentenceModules(const Json& list)
{
    SentenceModules found;
    for (const Json& module : list) {
        if (!module.is_object()) continue;
        const auto textOf = [&](const char* key) {
            return module.contains(key) && module[key].is_string() ? module[key].get<std::string>() : std::string();
        };
        const std::string type = textOf("type"), path = textOf("path");
        const bool plain = path.find('/') == std::string::npos && path.find("..") == std::string::npos;
        if (type.ends_with("Pooling") && plain)
            found.pooling = path;
        else if (!type.ends_with("Transformer") && !type.ends_with("Normalize"))
            found.others.push_back(path.empty() ? type : path);
    }
    return found;
}

} // namespace headlens
