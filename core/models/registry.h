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

struct LoadedModel {
    std::unique_ptr<TransformerModel> model;
    PreprocessPlan plan;
    std::vector<std::string> unusedTensors;
    Answers answers = Answers::OneClass;
    std::vector<std::string> labels = {}, assumptions = {}; // of the model, and what was assumed beside
    Pooling pooling = Pooling::Mean;                        // of the tokens of a text, where texts are compared
};

struct Architecture {
    const char* name;
    bool (*recognises)(const Checkpoint&);
    LoadedModel (*load)(const Checkpoint&, const ModelSettings&);
};

const std::vector<Architecture>& architectures();

// Builds the model on the CPU. Throws Error(UnsupportedModel | BadConfig | BadWeights).
LoadedModel loadModel(const Checkpoint& checkpoint, const ModelSettings& settings);

// One architecture per file; each declares its row's two functions here.
bool recognisesVit(const Checkpoint& checkpoint);
LoadedModel loadVit(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesDeit(const Checkpoint& checkpoint);
LoadedModel loadDeit(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesBeit(const Checkpoint& checkpoint);
LoadedModel loadBeit(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesDino2(const Checkpoint& checkpoint);
LoadedModel loadDino2(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesDino3(const Checkpoint& checkpoint);
LoadedModel loadDino3(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesMae(const Checkpoint& checkpoint);
LoadedModel loadMae(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesSwin(const Checkpoint& checkpoint);
LoadedModel loadSwin(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesVilt(const Checkpoint& checkpoint);
LoadedModel loadVilt(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesBlip(const Checkpoint& checkpoint);
LoadedModel loadBlip(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesT5(const Checkpoint& checkpoint);
LoadedModel loadT5(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesBart(const Checkpoint& checkpoint);
LoadedModel loadBart(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesGpt2(const Checkpoint& checkpoint);
LoadedModel loadGpt2(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesClip(const Checkpoint& checkpoint);
LoadedModel loadClip(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesInfini(const Checkpoint& checkpoint);
LoadedModel loadInfini(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesMixtureOfDepths(const Checkpoint& checkpoint);
LoadedModel loadMixtureOfDepths(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesFlamingo(const Checkpoint& checkpoint);
LoadedModel loadFlamingo(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesLife(const Checkpoint& checkpoint);
LoadedModel loadLife(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesDepthsText(const Checkpoint& checkpoint);
LoadedModel loadDepthsText(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesPalmE(const Checkpoint& checkpoint);
LoadedModel loadPalmE(const Checkpoint& checkpoint, const ModelSettings& settings);
bool recognisesBert(const Checkpoint& checkpoint);
LoadedModel loadBert(const Checkpoint& checkpoint, const ModelSettings& settings);

} // namespace headlens
