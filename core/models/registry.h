// SPDX-License-Identifier: GPL-3.0-or-later
// The table of architectures: recognised from config.json or from tensor names, built by one function each.
#pragma once

#include "core/checkpoint/checkpoint.h"
#include "core/models/transformer_model.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace headlens {

// What a file cannot say, given by the person: num_heads=6, image_size=224, allow_nonfinite=1.
using ModelSettings = std::map<std::string, std::string>;

// What the scores of a classifier mean (problem_type of config.json).
enum class Answers : std::uint8_t { OneClass, EachClass, Numbers };

class DecoderReader;
struct StackConfig;

struct LoadedModel {
    std::unique_ptr<TransformerModel> model;
    PreprocessPlan plan;
    std::vector<std::string> unusedTensors;
    Answers answers = Answers::OneClass;
    std::vector<std::string> labels = {}, assumptions = {}; // of the model, and what was assumed beside
    Pooling pooling = Pooling::Mean;                        // of the tokens of a text, where texts are compared

    std::string classLabel(std::int64_t index) const; // or "class 3", where labels are fewer
};

// One architecture: a file in arch/ (or zoo/) that defines a row, and its line in the table below.
struct Architecture {
    const char* name;
    std::vector<const char*> modelTypes; // "model_type" of config.json; none: of any type, when its tensors are right
    // How special this is among those that could run the checkpoint, whose type is one of `modelTypes` or not said; 0:
    // cannot run it. The highest does, so that the order of rows means nothing.
    int (*score)(const Checkpoint&);
    LoadedModel (*load)(const Checkpoint&, const ModelSettings&);
    // The names its files use, where these are not among those of core/checkpoint/layout_tables*.cpp; null: they are.
    const LayoutTable* names = nullptr;
    // The stack of a language model that others may write with (skeletons/decoder_reading.h); null: it is none.
    StackConfig (*decoder)(DecoderReader&) = nullptr;
};

const std::vector<const Architecture*>& allArchitectures();

// A checkpoint with the names of every architecture, and an adapter on its weights. Throws as Checkpoint::open().
Checkpoint openCheckpoint(const std::string& path, const std::string& weights = {}, const AdapterWish& adapter = {});

// Architecture::score, and 0 for a checkpoint whose config.json names another type.
int scoreOf(const Architecture& architecture, const Checkpoint& checkpoint);

// The architecture that runs a checkpoint; null: none does.
const Architecture* architectureOf(const Checkpoint& checkpoint);

// Builds the model on the CPU. Throws Error(UnsupportedModel | BadConfig | BadWeights).
LoadedModel loadModel(const Checkpoint& checkpoint, const ModelSettings& settings);

#define HEADLENS_ARCHITECTURES(ROW)                                                                                    \
    ROW(mixtureOfDepths)                                                                                               \
    ROW(infini)                                                                                                        \
    ROW(flamingo)                                                                                                      \
    ROW(life)                                                                                                          \
    ROW(depthsText)                                                                                                    \
    ROW(palmE)                                                                                                         \
    ROW(swin)                                                                                                          \
    ROW(mae)                                                                                                           \
    ROW(deit)                                                                                                          \
    ROW(beit)                                                                                                          \
    ROW(dino3)                                                                                                         \
    ROW(dino2)                                                                                                         \
    ROW(vit)                                                                                                           \
    ROW(vilt)                                                                                                          \
    ROW(blip)                                                                                                          \
    ROW(gpt2)                                                                                                          \
    ROW(llama)                                                                                                         \
    ROW(llava)                                                                                                         \
    ROW(ggufLlava)                                                                                                     \
    ROW(paliGemma)                                                                                                     \
    ROW(smolVlm)                                                                                                       \
    ROW(qwen2Vl)                                                                                                       \
    ROW(idefics)                                                                                                       \
    ROW(openFlamingo)                                                                                                  \
    ROW(mistral)                                                                                                       \
    ROW(mixtral)                                                                                                       \
    ROW(qwen2)                                                                                                         \
    ROW(qwen2Moe)                                                                                                      \
    ROW(qwen3)                                                                                                         \
    ROW(qwen3Moe)                                                                                                      \
    ROW(gemma)                                                                                                         \
    ROW(gemma2)                                                                                                        \
    ROW(gemma3Text)                                                                                                    \
    ROW(gemma3)                                                                                                        \
    ROW(olmo2)                                                                                                         \
    ROW(phi)                                                                                                           \
    ROW(phi3)                                                                                                          \
    ROW(stableLm)                                                                                                      \
    ROW(gptNeoX)                                                                                                       \
    ROW(mpt)                                                                                                           \
    ROW(opt)                                                                                                           \
    ROW(modernBert)                                                                                                    \
    ROW(clip)                                                                                                          \
    ROW(t5)                                                                                                            \
    ROW(bart)                                                                                                          \
    ROW(bert)

namespace architectures {

#define HEADLENS_ARCHITECTURE_ROW(name) extern const Architecture name;
HEADLENS_ARCHITECTURES(HEADLENS_ARCHITECTURE_ROW)
#undef HEADLENS_ARCHITECTURE_ROW

} // namespace architectures

} // namespace headlens
