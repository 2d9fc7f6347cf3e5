// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/gguf_tower.h"

#include "core/wire/safe_json.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

namespace headlens {
namespace {

constexpr std::array kNames = std::to_array<Rename>({
    {"v.class_embd", "vision_model.embeddings.class_embedding"},
    {"v.patch_embd.*", "vision_model.embeddings.patch_embedding.*"},
    {"v.position_embd.*", "vision_model.embeddings.position_embedding.*"},
    {"v.pre_ln.*", "vision_model.pre_layrnorm.*"},
    {"v.post_ln.*", "vision_model.post_layernorm.*"},
    {"v.blk.#.attn_q.*", "vision_model.encoder.layers.$1.self_attn.q_proj.*"},
    {"v.blk.#.attn_k.*", "vision_model.encoder.layers.$1.self_attn.k_proj.*"},
    {"v.blk.#.attn_v.*", "vision_model.encoder.layers.$1.self_attn.v_proj.*"},
    {"v.blk.#.attn_out.*", "vision_model.encoder.layers.$1.self_attn.out_proj.*"},
    {"v.blk.#.ln1.*", "vision_model.encoder.layers.$1.layer_norm1.*"},
    {"v.blk.#.ln2.*", "vision_model.encoder.layers.$1.layer_norm2.*"},
    {"mm.0.*", "multi_modal_projector.linear_1.*"},
    {"mm.2.*", "multi_modal_projector.linear_2.*"},
});

constexpr std::array kInOrder = std::to_array<Rename>({
    {"v.blk.#.ffn_up.*", "vision_model.encoder.layers.$1.mlp.fc1.*"},
    {"v.blk.#.ffn_down.*", "vision_model.encoder.layers.$1.mlp.fc2.*"},
});

constexpr std::array kSwapped = std::to_array<Rename>({
    {"v.blk.#.ffn_down.*", "vision_model.encoder.layers.$1.mlp.fc1.*"},
    {"v.blk.#.ffn_up.*", "vision_model.encoder.layers.$1.mlp.fc2.*"},
});

// Whether "ffn_down" reads what leaves the norm. Where both layers are square the file's age would tell, and as
// llama.cpp does, it is taken for an old one.
bool isSwapped(const GgufHeader& header)
{
    const auto down = std::ranges::find(header.tensors, "v.blk.0.ffn_down.weight", &GgufTensor::name);
    const auto width = header.settings.integer("clip.vision.embedding_length");
    return down != header.tensors.end() && down->shape.size() == 2 && width && down->shape[1] == *width;
}

struct Key {
    const char *from, *to; // behind "clip.vision."
};
constexpr std::array kWhole = std::to_array<Key>({
    {"image_size", "image_size"},
    {"patch_size", "patch_size"},
    {"embedding_length", "hidden_size"},
    {"feed_forward_length", "intermediate_size"},
    {"block_count", "num_hidden_layers"},
    {"attention.head_count", "num_attention_heads"},
});

} // namespace

bool isGgufTower(const GgufSettings& settings)
{
    return settings.text("general.architecture").value_or("") == "clip";
}

Json ggufTowerConfig(const GgufHeader& header)
{
    const GgufSettings& settings = header.settings;
    Json vision = Json::object();
    for (const Key& key : kWhole)
        if (const auto value = settings.integer("clip.vision." + std::string(key.from))) vision[key.to] = *value;
    if (const auto eps = settings.real("clip.vision.attention.layer_norm_epsilon")) vision["layer_norm_eps"] = *eps;
    vision["hidden_act"] = settings.flag("clip.use_gelu").value_or(false)   ? "gelu"
                           : settings.flag("clip.use_silu").value_or(false) ? "silu"
                                                                            : "quick_gelu";
    // Files before the key tell it by another: LLaVA's were the first.
    const bool llava = settings.flag("clip.has_llava_projector").value_or(false);
    const std::string projector = settings.text("clip.projector_type").value_or(llava ? "mlp" : "");
    return {{"model_type", "mmproj"},
            {"projector_type", shownName(projector)},
            {"vision_feature_layer", -1},
            {"vision_config", std::move(vision)}};
}

std::vector<GgufView> ggufTowerViews(const GgufHeader& header)
{
    const auto order = isSwapped(header) ? std::span<const Rename>(kSwapped) : std::span<const Rename>(kInOrder);
    std::vector<GgufView> views;
    for (std::size_t i = 0; i < header.tensors.size(); ++i) {
        const GgufTensor& tensor = header.tensors[i];
        views.push_back({renamed(renamed(tensor.name, kNames), order), i, -1, tensor.shape});
    }
    return views;
}

std::string ggufTowerBeside(const std::string& file)
{
    namespace fs = std::filesystem;
    std::error_code ignored;
    std::vector<std::string> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(file).parent_path(), ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(".gguf") && name.find("mmproj") != std::string::npos && entry.path() != file)
            found.push_back(entry.path().string());
    }
    return found.empty() ? std::string() : std::ranges::min(found);
}

} // namespace headlens
