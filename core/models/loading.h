// SPDX-License-Identifier: GPL-3.0-or-later
// Steps that the loaders of all vision families share: settings, timm's configuration, heads, preprocessing.
#pragma once

#include "core/models/registry.h"
#include "core/nn/weights.h"
#include "core/tensors/layers.h"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace headlens {

// model_type of config.json; empty without one.
std::string modelTypeOf(const Checkpoint& checkpoint);

// What timm's config.json says beside the name of the architecture; zeros where silent.
struct TimmConfig {
    std::string architecture; // empty: the checkpoint has no such file
    std::string globalPool;   // token, avg, map, ...
    std::string activation;   // act_layer: gelu, gelu_tanh, quick_gelu
    bool poolsPrefix = false; // the pooling reads class and register tokens too
    std::int64_t imageHeight = 0, imageWidth = 0, heads = 0, window = 0;
    std::vector<std::int64_t> pretrainedWindows;
};
TimmConfig timmConfigOf(const Checkpoint& checkpoint);

// --set KEY=NUMBER, from 1 to 65536. Throws Error(Usage).
std::int64_t settingOf(const ModelSettings& settings, const std::string& key, std::int64_t fallback);
// --set image_size=224, or 64x32 for height x width. Throws Error(Usage).
std::pair<std::int64_t, std::int64_t> imageSizeOf(const ModelSettings& settings,
                                                  std::pair<std::int64_t, std::int64_t> fallback);
// --set activation=quick_gelu, by the names of config.json; `fallback` without.
std::string activationOf(const ModelSettings& settings, const std::string& fallback);
// Says which eps and activation were assumed, but for what was set; once, where two towers agree.
void assumeNumbers(double eps, const std::string& activation, const ModelSettings& settings,
                   std::vector<std::string>& assumptions);
// --set layer_norm_eps=1e-6: some converted checkpoints carry the default of the target class instead of their own.
double epsOf(const ModelSettings& settings, double fallback);
bool wantsNonFinite(const ModelSettings& settings);

// One extent of a canonical tensor that must be there. Throws Error(BadWeights).
std::int64_t extentOf(const Checkpoint& checkpoint, const std::string& name, std::size_t dimension);

// The side of a square of `area` cells; 0 when it is none.
std::int64_t rootOf(std::int64_t area);

// The preprocessing from preprocessor_config.json, timm's config.json, or the layout's usual one, said in
// `assumptions`.
PreprocessPlan planFor(const Checkpoint& checkpoint, int imageHeight, int imageWidth,
                       std::vector<std::string>& assumptions);

// A classifier by its canonical name: weight [classes,width]; undefined when the checkpoint has none. Says in
// `facts` that there are classes, of the whole input or of every token.
Linear takeHead(const Checkpoint& checkpoint, WeightBinder& binder, const std::string& name, std::int64_t width,
                ModelFacts& facts, verbs::OutputKind kind = verbs::OutputKind::Classes);

// Takes every weight by its name; those of layers stay as they are stored where the checkpoint keeps them.
Weights takenFrom(WeightBinder& binder);

// weight and, where it is stored, bias.
Linear takeLinear(WeightBinder& binder, const std::string& name, std::int64_t outputs, std::int64_t inputs);
LayerNorm takeNorm(WeightBinder& binder, const std::string& name, std::int64_t width, double eps);

void visitLinear(Linear& layer, const std::function<void(at::Tensor&)>& visit);
void visitNorm(LayerNorm& layer, const std::function<void(at::Tensor&)>& visit);

} // namespace headlens
