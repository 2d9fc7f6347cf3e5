// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/layouts.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace headlens {
namespace {

using Rename = std::pair<std::string_view, std::string_view>;

bool contains(const std::vector<StoredTensor>& tensors, std::string_view ending)
{
    return std::ranges::any_of(tensors, [&](const StoredTensor& t) { return t.name.ends_with(ending); });
}

std::string withoutPrefix(std::string name, std::span<const std::string_view> prefixes)
{
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view prefix : prefixes)
            if (name.starts_with(prefix)) {
                name.erase(0, prefix.size());
                again = true;
            }
    }
    return name;
}

Layout huggingFace(const std::vector<StoredTensor>& tensors)
{
    static constexpr std::array<std::string_view, 4> kPrefixes{"module.", "_orig_mod.", "vit.", "deit."};
    Layout layout{"Hugging Face", {}};
    for (std::size_t i = 0; i < tensors.size(); ++i)
        layout.views.try_emplace(withoutPrefix(tensors[i].name, kPrefixes), TensorView{i, -1});
    return layout;
}

// blocks.3.mlp.fc1.weight -> encoder.layer.3.intermediate.dense.weight
std::string timmBlockName(const std::string& rest)
{
    static constexpr std::array<Rename, 6> kParts{{{"norm1.", "layernorm_before."},
                                                   {"norm2.", "layernorm_after."},
                                                   {"attn.qkv.", "attention.attention.qkv."},
                                                   {"attn.proj.", "attention.output.dense."},
                                                   {"mlp.fc1.", "intermediate.dense."},
                                                   {"mlp.fc2.", "output.dense."}}};
    const std::size_t dot = rest.find('.');
    const std::string block = "encoder.layer." + rest.substr(0, dot) + ".";
    const std::string part = dot == std::string::npos ? "" : rest.substr(dot + 1);
    for (const auto& [from, to] : kParts)
        if (part.starts_with(from)) return block + std::string(to) + part.substr(from.size());
    return block + part;
}

std::string timmName(const std::string& name)
{
    static constexpr std::array<Rename, 7> kNames{{{"cls_token", "embeddings.cls_token"},
                                                   {"dist_token", "embeddings.distillation_token"},
                                                   {"pos_embed", "embeddings.position_embeddings"},
                                                   {"patch_embed.proj.", "embeddings.patch_embeddings.projection."},
                                                   {"norm.", "layernorm."},
                                                   {"head.", "classifier."},
                                                   {"head_dist.", "distillation_classifier."}}};
    if (name.starts_with("blocks.")) return timmBlockName(name.substr(7));
    for (const auto& [from, to] : kNames)
        if (name == from || (from.ends_with('.') && name.starts_with(from)))
            return std::string(to) + name.substr(from.size());
    return name;
}

Layout timm(const std::vector<StoredTensor>& tensors)
{
    static constexpr std::array<std::string_view, 4> kPrefixes{"module.", "_orig_mod.", "backbone.", "model."};
    Layout layout{"timm", {}};
    constexpr std::string_view kFused = ".qkv.";
    constexpr std::array<std::string_view, 3> kThirds{".query.", ".key.", ".value."};
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const std::string name = timmName(withoutPrefix(tensors[i].name, kPrefixes));
        const std::size_t fused = name.find(kFused);
        if (fused == std::string::npos) {
            layout.views.try_emplace(name, TensorView{i, -1});
            continue;
        }
        for (int third = 0; third < 3; ++third) {
            std::string split = name;
            split.replace(fused, kFused.size(), kThirds[std::size_t(third)]);
            layout.views.try_emplace(split, TensorView{i, third});
        }
    }
    // Distilled DeiT of timm and facebook averages two heads, as Hugging Face's ...WithTeacher does.
    if (layout.views.contains("distillation_classifier.weight"))
        for (const char* part : {"weight", "bias"})
            if (auto head = layout.views.extract(std::string("classifier.") + part)) {
                head.key() = std::string("cls_classifier.") + part;
                layout.views.insert(std::move(head));
            }
    return layout;
}

} // namespace

Layout recogniseLayout(const std::vector<StoredTensor>& tensors)
{
    if (contains(tensors, "blocks.0.attn.qkv.weight")) return timm(tensors);
    return huggingFace(tensors);
}

} // namespace headlens
