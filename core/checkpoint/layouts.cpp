// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/layouts.h"

#include "core/checkpoint/state_dicts.h"

#include <algorithm>
#include <array>
#include <optional>

namespace headlens {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

struct Match {
    std::array<std::string_view, 2> numbers;
    std::string_view rest;
};

std::optional<Match> match(std::string_view name, std::string_view pattern)
{
    Match found;
    std::size_t at = 0, number = 0;
    for (std::size_t p = 0; p < pattern.size(); ++p) {
        if (pattern[p] == '*') {
            found.rest = name.substr(at);
            return found;
        }
        if (pattern[p] == '#') {
            const std::size_t begin = at;
            while (at < name.size() && isDigit(name[at])) ++at;
            if (at == begin || at - begin > 6) return std::nullopt;
            found.numbers.at(number++) = name.substr(begin, at - begin);
        } else if (at >= name.size() || name[at++] != pattern[p]) {
            return std::nullopt;
        }
    }
    return at == name.size() ? std::optional(found) : std::nullopt;
}

std::string filled(std::string_view pattern, const Match& found)
{
    std::string text;
    for (std::size_t p = 0; p < pattern.size(); ++p) {
        if (pattern[p] == '*') {
            text += found.rest;
        } else if (pattern[p] == '$') {
            const std::string number(found.numbers.at(std::size_t(pattern[++p] - '1')));
            const bool less = p + 1 < pattern.size() && pattern[p + 1] == '-';
            text += less ? std::to_string(std::max(0, std::stoi(number) - 1)) : number;
            p += less ? 1 : 0;
        } else {
            text += pattern[p];
        }
    }
    return text;
}

} // namespace

std::string renamed(const std::string& name, std::span<const Rename> table)
{
    for (const Rename& line : table)
        if (const auto found = match(name, line.from)) return filled(line.to, *found);
    return name;
}

namespace {

// "encoder.layer.3.mlp.fc1.weight": renames what stands behind the block's number.
std::string partRenamed(const std::string& name, std::span<const Rename> parts)
{
    static constexpr std::array<std::string_view, 5> kBlocks{"encoder.layer.#.*", "decoder.layer.#.*",
                                                             "encoder.layers.#.blocks.#.*", "text.layer.#.*",
                                                             "vision.encoder.layer.#.*"};
    for (const std::string_view block : kBlocks)
        if (const auto found = match(name, block)) {
            const std::string rest(found->rest);
            return name.substr(0, name.size() - rest.size()) + renamed(rest, parts);
        }
    return name;
}

// Names of the first BERT checkpoints, which were converted from TensorFlow.
std::string modernName(std::string name)
{
    for (const auto& [old, now] :
         {std::pair("LayerNorm.gamma", "LayerNorm.weight"), {"LayerNorm.beta", "LayerNorm.bias"}})
        if (name.ends_with(old))
            return name.replace(name.size() - std::string_view(old).size(), std::string::npos, now);
    return name;
}

std::string canonicalName(const std::string& name, const LayoutTable& table, bool newer)
{
    if (newer) {
        const std::string moved = renamed(name, table.newer);
        if (moved != name) return moved;
    }
    // Twice: blocks in chunks first become plain blocks.
    return partRenamed(renamed(renamed(name, table.names), table.names), table.parts);
}

// Where fused tensors go: the piece of the name, and what it becomes for each block of rows.
struct Fusion {
    std::string_view piece;
    std::vector<std::string_view> parts;
};

void addView(Layout& layout, std::string name, std::size_t index)
{
    const bool transposed = name.ends_with('^');
    if (transposed) name.pop_back();
    static const std::array<Fusion, 6> kFusions{{{".key_value.", {".key.", ".value."}},
                                                 {"attn_pool.in.", {"attn_pool.q.", "attn_pool.k.", "attn_pool.v."}},
                                                 {".mlp.gated.", {".mlp.gate.", ".mlp.up."}},
                                                 {".qkv.", {".query.", ".key.", ".value."}},
                                                 {".gate_up.", {".gate.", ".intermediate.dense."}},
                                                 {"attn_pool.kv.", {"attn_pool.k.", "attn_pool.v."}}}};
    for (const Fusion& fusion : kFusions) {
        const std::size_t at = name.find(fusion.piece);
        if (at == std::string::npos) continue;
        for (std::size_t part = 0; part < fusion.parts.size(); ++part) {
            std::string split = name;
            split.replace(at, fusion.piece.size(), fusion.parts[part]);
            layout.views.try_emplace(split, TensorView{index, int(part), int(fusion.parts.size()), transposed});
        }
        return;
    }
    layout.views.try_emplace(name, TensorView{index, 0, 1, transposed});
}

// What torch.compile, FSDP, DeepSpeed and activation checkpointing put between the names of modules, and DataParallel
// before all of them.
std::string withoutWrappers(std::string name)
{
    static constexpr std::array<std::string_view, 5> kAnywhere{
        "_orig_mod.", "_fsdp_wrapped_module.", "_forward_module.", "_checkpoint_wrapped_module.", "_fpw_module."};
    for (const std::string_view wrapper : kAnywhere)
        for (std::size_t at = name.find(wrapper); at != std::string::npos; at = name.find(wrapper, at))
            if (at == 0 || name[at - 1] == '.')
                name.erase(at, wrapper.size());
            else
                at += wrapper.size();
    constexpr std::string_view kParallel = "module.";
    while (name.starts_with(kParallel)) name.erase(0, kParallel.size());
    return name;
}

// What stands before the anchor wherever it is found: one prefix a copy of the network, the preferred one first.
std::vector<std::string> prefixesBefore(const std::vector<std::string>& names, std::string_view anchor,
                                        const std::string& weights)
{
    std::vector<std::string> prefixes;
    for (const std::string& name : names) {
        if (!name.ends_with(anchor)) continue;
        std::string prefix = name.substr(0, name.size() - anchor.size());
        if (prefix.empty() || prefix.ends_with('.'))
            prefixes.push_back(prefix); // "decoder_blocks.0..." is no "blocks.0..."
    }
    std::ranges::stable_sort(prefixes, {},
                             [&](const std::string& p) { return std::pair(preferenceFor(p, weights), p.size()); });
    return prefixes;
}

// A name beside the network, without the modules that it shares with the network's prefix: before "model.vit." stands
// "model.", so "model.classifier.weight" is "classifier.weight".
std::string withoutShared(const std::string& name, const std::string& prefix)
{
    std::size_t shared = 0;
    for (std::size_t dot = prefix.find('.'); dot != std::string::npos; dot = prefix.find('.', dot + 1)) {
        if (name.compare(0, dot + 1, prefix, 0, dot + 1) != 0) break;
        shared = dot + 1;
    }
    return name.substr(shared);
}

// A timm MLP whose first matrix has twice the rows its second has columns is gated (SwiGLUPacked).
void splitPackedGates(Layout& layout, const std::vector<StoredTensor>& tensors)
{
    const auto down = layout.views.find("encoder.layer.0.output.dense.weight"),
               up = layout.views.find("encoder.layer.0.intermediate.dense.weight");
    if (down == layout.views.end() || up == layout.views.end() || up->second.parts != 1) return;
    const auto& downShape = tensors[down->second.index].shape;
    const auto& upShape = tensors[up->second.index].shape;
    if (downShape.size() != 2 || upShape.size() != 2 || upShape[0] != 2 * downShape[1]) return;
    if (layout.views.contains("encoder.layer.0.gate.weight")) return;
    std::map<std::string, TensorView> gates;
    for (auto& [name, view] : layout.views) {
        const std::size_t at = name.find(".intermediate.dense.");
        if (at == std::string::npos) continue;
        std::string gate = name;
        gate.replace(at, std::string_view(".intermediate.dense.").size(), ".gate.");
        gates[gate] = {view.index, 0, 2, false};
        view = {view.index, 1, 2, false};
    }
    layout.views.merge(gates);
}

void moveView(Layout& layout, const std::string& from, const std::string& to)
{
    auto view = layout.views.extract(from);
    if (view.empty()) return;
    view.key() = to;
    layout.views.insert(std::move(view));
}

// The width of what a classifier reads; 0: unknown.
std::int64_t widthOf(const Layout& layout, const std::vector<StoredTensor>& tensors)
{
    for (const char* name : {"layernorm.weight", "pooler.layernorm.weight", "embeddings.cls_token"})
        if (const auto hit = layout.views.find(name);
            hit != layout.views.end() && !tensors[hit->second.index].shape.empty())
            return tensors[hit->second.index].shape.back();
    return 0;
}

// Who trains a model anew puts a head of his own in the place of its classifier: a Linear under some name, often behind
// a Dropout ("heads.1"). It is known by its shape: the only matrix of its module, and as wide as the network.
void findHead(Layout& layout, const std::vector<StoredTensor>& tensors)
{
    static constexpr std::array<std::string_view, 8> kOfNetwork{
        "encoder.", "embeddings.", "decoder.", "layernorm.", "pre_logits.", "pooler.", "lm_head.", "distillation_"};
    const std::int64_t width = widthOf(layout, tensors);
    const bool hasOne = std::ranges::any_of(layout.views, [](const auto& view) {
        return view.first == "classifier.weight" || view.first == "cls_classifier.weight";
    });
    if (width == 0 || hasOne) return;
    std::map<std::string, std::vector<std::string>> matrices; // module -> names of its matrices, without ".weight"
    std::map<std::string, std::size_t> others;                // and how many tensors beside a matrix and its bias
    const auto isOfNetwork = [](const std::string& name) {
        return std::ranges::any_of(kOfNetwork, [&](std::string_view part) { return name.starts_with(part); });
    };
    for (const auto& [name, view] : layout.views) {
        if (isOfNetwork(name)) continue;
        const std::string module = name.substr(0, name.find('.'));
        if (name.ends_with(".weight") && tensors[view.index].shape.size() == 2)
            matrices[module].push_back(name.substr(0, name.size() - 7));
        else
            ++others[module];
    }
    const auto isAlone = [&](const std::string& module, const std::string& name) { // no norm before or behind it
        return others[module] == (layout.views.contains(name + ".bias") ? 1U : 0U);
    };
    std::vector<std::string> heads;
    for (const auto& [module, names] : matrices)
        if (names.size() == 1 && isAlone(module, names[0]) &&
            tensors[layout.views.at(names[0] + ".weight").index].shape[1] == width)
            heads.push_back(names[0]);
    if (heads.size() != 1) return;
    for (const std::string part : {".weight", ".bias"}) moveView(layout, heads[0] + part, "classifier" + part);
    layout.assumptions.push_back("classifier: " + heads[0] + ", by its shape");
}

// nanoGPT calls its parts as GPT-2 does, but they are Linear layers: query, key and value have three times as many rows
// as columns.
void recogniseNanoGpt(Layout& layout, const std::vector<StoredTensor>& tensors)
{
    const auto query = layout.views.find("text.layer.0.self.query.weight");
    if (query == layout.views.end() || !query->second.transposed || query->second.parts != 3) return;
    const auto& shape = tensors[query->second.index].shape;
    if (shape.size() != 2 || shape[0] != 3 * shape[1]) return;
    layout.name = "nanoGPT";
    for (auto& [name, view] : layout.views) view.transposed = false;
}

// What a table of names cannot say.
void settle(Layout& layout, const std::vector<StoredTensor>& tensors, bool ofPictures)
{
    // Distilled DeiT of timm and facebook averages two heads, as Hugging Face's ...WithTeacher does.
    if (layout.name != "Hugging Face" && layout.views.contains("distillation_classifier.weight"))
        for (const std::string part : {"weight", "bias"})
            moveView(layout, "classifier." + part, "cls_classifier." + part);
    if (layout.views.contains("decoder.decoder_embed.weight") && layout.views.contains("embeddings.mask_token"))
        moveView(layout, "embeddings.mask_token", "decoder.mask_token"); // facebook's MAE
    if (layout.name == "timm") splitPackedGates(layout, tensors);
    recogniseNanoGpt(layout, tensors);
    if (ofPictures) findHead(layout, tensors);
    // Swin v2 has no key bias: torchvision stores one and sets it to zero; DINOv3 of facebook masks it out.
    std::erase_if(layout.views, [&](const auto& entry) {
        const bool cosine = layout.views.contains("encoder.layers.0.blocks.0.attention.self.logit_scale");
        const bool masked = layout.views.contains("encoder.layer.0.attention.attention.key.bias_mask");
        return (cosine || masked) && entry.first.ends_with(".key.bias");
    });
    const auto has = [&](const char* name) { return layout.views.contains(name); };
    const bool facebook = has("embeddings.mask_token") || has("embeddings.rope_periods") || has("decoder.mask_token");
    if (layout.name == "timm" && facebook) layout.name = "facebook";
    if (layout.name == "timm" && has("encoder.layers.0.blocks.0.attention.self.relative_position_index"))
        layout.name = "Microsoft";
}

} // namespace

Layout recogniseLayout(const std::vector<StoredTensor>& tensors, const std::string& weights,
                       const std::vector<const LayoutTable*>& more)
{
    static const LayoutTable kPlain{"Hugging Face", {}, {}, {}, {}};
    Layout layout;
    std::vector<std::string> names;
    for (const StoredTensor& tensor : tensors) names.push_back(modernName(withoutWrappers(tensor.name)));
    const LayoutTable* table = &kPlain;
    bool ofPictures = false;
    const auto tryTable = [&](const LayoutTable& candidate, bool pictures) {
        if (layout.isKnown) return;
        std::vector<std::string> prefixes = prefixesBefore(names, candidate.anchor, weights);
        if (prefixes.empty()) return;
        if (!candidate.unless.empty() &&
            std::ranges::find(names, prefixes.front() + std::string(candidate.unless)) != names.end())
            return;
        table = &candidate;
        layout.isKnown = true;
        ofPictures = pictures;
        layout.name = candidate.name;
        layout.prefix = prefixes.front();
        layout.otherPrefixes.assign(prefixes.begin() + 1, prefixes.end());
    };
    for (const LayoutTable* candidate : more) tryTable(*candidate, false);
    for (const LayoutTable& candidate : textLayoutTables()) tryTable(candidate, false);
    for (const LayoutTable& candidate : layoutTables()) tryTable(candidate, true);
    const bool newer = std::ranges::none_of(
        names, [&](const std::string& name) { return name.starts_with(layout.prefix + "layers.0.downsample."); });
    for (const bool inside : {true, false}) // names under the prefix come first: others must not take their place
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i].starts_with(layout.prefix) != inside) continue;
            const std::string rest =
                inside ? names[i].substr(layout.prefix.size()) : withoutShared(names[i], layout.prefix);
            const std::string name = canonicalName(rest, *table, newer);
            if (isBuffer(name)) layout.buffers.insert(i);
            addView(layout, name, i);
        }
    settle(layout, tensors, ofPictures);
    return layout;
}

} // namespace headlens
