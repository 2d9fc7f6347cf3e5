// SPDX-License-Identifier: GPL-3.0-or-later
// What the made-up engine says of the models that it opens, by their names.
#pragma once

#include "core/wire/verbs.h"
#include "tests/support/fake_maps.h"
#include "tests/support/fake_words.h"

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace headlens::fake {

inline constexpr int kHeads = 4, kWidth = 16, kLayers = 2;     // d of a head; layers of "infini"
inline constexpr int kSegment = 8, kTokens = 36;               // "infini": four whole segments and a half one
inline constexpr int kSide = 8, kRoutedBlocks = 4, kPatch = 8; // "routed"

// Two that can be opened, one that cannot, and one more in every folder of the person's.
inline verbs::FoundModels foundModels(const std::vector<std::string>& folders)
{
    verbs::FoundModels found;
    const auto add = [&](const char* name, const std::string& path, const char* source, verbs::Sentence whyNot) {
        found.models.push_back({name, path, source, "vit", 346'000'000, 1'790'000'000, std::move(whyNot)});
    };
    for (const std::string& folder : folders) add("of my own", folder + "/plain", "a folder of your own", {});
    add("google/vit-base-patch16-224", "plain", "Hugging Face cache", {});
    add("dino_deitsmall16_pretrain.pth", "patterns", "torch hub", {});
    add("falcon:latest", "/ollama/blobs/1", "Ollama", {"HeadLens cannot run models of the type %1 yet.", "falcon"});
    found.remarks.push_back({"A folder cannot be read: %1.", "/closed (Permission denied)"});
    return found;
}

inline bool readsWords(const std::string& model)
{
    return model == "life" || model == "tiles" || model == "asked";
}

inline bool looks(const std::string& model)
{
    return model != "infini" && model != "life";
}

inline double usualGate(int layer, int head)
{
    return std::array{0.03, 0.97, 0.51, 0.73}[std::size_t((head + layer) % 4)];
}

inline std::vector<verbs::Switch> switchesOf(const std::string& model)
{
    const std::vector<std::string> onOff{"on", "off"};
    if (model == "routed")
        return {{"routing", "Who is processed", {"learned", "random", "all"}, 0, 0, "learned"},
                {"capacity", "Tokens per routed block", {}, 1, kSide * kSide, "8"}};
    if (model == "patterns")
        return {{"attention", "Who looks at whom", {"dense", "window 1", "coarse 2", "linear"}, 0, 0, "dense"}};
    std::vector<verbs::Switch> switches;
    if (model != "infini") return switches;
    switches.push_back({"memory", "Memory", onOff, 0, 0, "on"});
    for (int layer = 0; layer < kLayers; ++layer)
        for (int head = 0; head < kHeads; ++head)
            switches.push_back({"gate." + std::to_string(layer) + "." + std::to_string(head),
                                "Gate",
                                {},
                                0,
                                1,
                                std::to_string(usualGate(layer, head)).substr(0, 4)});
    return switches;
}

inline verbs::ModelInfo modelOf(const std::string& path)
{
    verbs::ModelInfo model;
    model.name = model.path = path;
    if (path == "large") model.notice = "cpu";
    const int blocks = path == "infini" ? 2 * kLayers : path == "routed" ? kRoutedBlocks : 2;
    for (int i = 0; i < blocks; ++i)
        model.blocks.push_back({0, kHeads, kHeads * kWidth, "", path == "infini" && i % 2 == 1 ? "memory" : "self"});
    model.takesPictures = looks(path);
    model.remembersTraining = path.starts_with("trained-");
    model.text.reads = !looks(path) || readsWords(path);
    if (looks(path) && !readsWords(path)) {
        model.prefixTokens = {"cls"};
        model.patch = kPatch;
    }
    if (path == "life") {
        model.text.example = kLife;
        model.text.maskPiece = "[MASK]";
        model.text.isMaskedLm = true;
    }
    if (path == "methods") {
        model.methods = methods();
        model.classes = 5;
    }
    if (path == "tiles") model.text.example = kTiles;
    if (path == "asked") {
        model.text.example = kQuestion;
        model.text.writes = true;
        model.text.chat = "chat_template.jinja";
    }
    model.switches = switchesOf(path);
    return model;
}

// The path "adapter" stands for one whose base is "plain"; as a setting it goes on any other model but "large". False:
// it does not.
inline bool putAdapter(verbs::ModelInfo& model, const std::string& path, const std::map<std::string, std::string>& set)
{
    const auto wanted = set.find("adapter"), strength = set.find("adapter_strength");
    if (path != "adapter" && wanted == set.end()) return true;
    if (path == "large") return false;
    if (path == "adapter") model.name = model.path = "plain";
    model.adapter = {"my-lora",
                     wanted == set.end() ? "adapter" : wanted->second,
                     "plain",
                     1,
                     8,
                     4,
                     1'024,
                     {"query", "value"},
                     {"classifier.weight"}};
    if (strength != set.end()) model.adapter.strength = std::stod(strength->second);
    return true;
}

} // namespace headlens::fake
