// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/registry.h"

#include "core/base/error.h"
#include "core/checkpoint/foreign_parts.h"
#include "core/models/heads/imagenet_labels.h"
#include "core/models/loading.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace headlens {

const std::vector<const Architecture*>& allArchitectures()
{
#define HEADLENS_ARCHITECTURE_ROW(name) &architectures::name,
    static const std::vector<const Architecture*> kTable{HEADLENS_ARCHITECTURES(HEADLENS_ARCHITECTURE_ROW)};
#undef HEADLENS_ARCHITECTURE_ROW
    return kTable;
}

std::string LoadedModel::classLabel(std::int64_t index) const
{
    return std::size_t(index) < labels.size() ? labels[std::size_t(index)] : "class " + std::to_string(index);
}

Checkpoint openCheckpoint(const std::string& path, const std::string& weights, const AdapterWish& adapter)
{
    std::vector<const LayoutTable*> names;
    for (const Architecture* architecture : allArchitectures())
        if (architecture->names != nullptr) names.push_back(architecture->names);
    return Checkpoint::open(path, weights, names, adapter);
}

namespace {

// Values are checked even where the model at hand does not ask for them.
void requireGoodSettings(const ModelSettings& settings)
{
    for (const char* key : {"num_heads", "decoder_num_heads", "vision.num_heads", "text.num_heads", "window_size"})
        settingOf(settings, key, 1);
    imageSizeOf(settings, {});
    epsOf(settings, 0);
    const auto oneOf = [&](const char* key, const std::set<std::string>& allowed, const char* text) {
        const auto hit = settings.find(key);
        if (hit != settings.end() && !allowed.contains(hit->second))
            throw Error(ErrorCode::Usage, std::string("--set ") + key, "\"" + hit->second + "\" is not " + text);
    };
    oneOf("interpolation", {"hf", "facebook", "timm"}, "hf, facebook or timm");
    oneOf("activation", {"gelu", "gelu_new", "gelu_pytorch_tanh", "quick_gelu", "silu", "relu"},
          "gelu, gelu_new, quick_gelu, silu or relu");
    oneOf("allow_nonfinite", {"0", "1"}, "0 or 1");
}

// Pictures for a model of one channel become grey; statistics of three colours become their mean.
void settleChannels(LoadedModel& loaded, int channels, const std::string& path)
{
    if (channels == 0) return; // takes no pictures
    PreprocessPlan& plan = loaded.plan;
    plan.channels = channels;
    const std::size_t known = plan.mean.size();
    if (known == 1 || known == std::size_t(channels)) return;
    if (channels != 1 && channels != 3) return; // takes tensors only
    if (channels != 1)
        throw Error(ErrorCode::BadConfig, path,
                    "normalises " + std::to_string(known) + " channels, but the model takes " +
                        std::to_string(channels),
                    "check preprocessor_config.json or config.json");
    for (std::vector<double>* numbers : {&plan.mean, &plan.deviation})
        *numbers = {std::accumulate(numbers->begin(), numbers->end(), 0.0) / double(known)};
    loaded.assumptions.push_back("pictures become grey; mean and deviation: those of the colours, averaged");
}

// A part of a block that nobody reads changes what the block computes: it is another network.
LoadedModel complete(LoadedModel loaded, const Checkpoint& checkpoint)
{
    if (const auto unread = unusedInBlock(checkpoint.layout(), checkpoint.tensors(), loaded.unusedTensors))
        throw Error(ErrorCode::UnsupportedModel, checkpoint.path(),
                    "has blocks with a part that this version does not know: " + *unread,
                    "open a model of one of the architectures that README names");
    const auto& json = checkpoint.config();
    const bool told = json && json->contains("problem_type") && (*json)["problem_type"].is_string();
    const std::string problem = told ? (*json)["problem_type"].get<std::string>() : std::string();
    if (problem == "multi_label_classification") loaded.answers = Answers::EachClass;
    if (problem == "regression") loaded.answers = Answers::Numbers;
    loaded.pooling = checkpoint.pooling().value_or(Pooling::Mean);
    const ModelFacts& facts = loaded.model->facts();
    loaded.assumptions = facts.assumptions;
    loaded.labels = facts.labels;
    if (loaded.labels.empty() && facts.takesPictures() && !facts.text.reads)
        loaded.labels = imagenetLabels(facts.classes);
    if (loaded.labels.size() != facts.labels.size())
        loaded.assumptions.push_back("class names: those of ImageNet with " + std::to_string(facts.classes) +
                                     " classes");
    settleChannels(loaded, facts.channels, checkpoint.path());
    return loaded;
}

[[noreturn]] void refuseUnknown(const Checkpoint& checkpoint)
{
    std::string type = modelTypeOf(checkpoint);
    if (type.empty()) type = "unknown";
    if (checkpoint.layout().isKnown && checkpoint.layout().name != "Hugging Face")
        throw Error(ErrorCode::UnsupportedModel, checkpoint.path(),
                    "has a config.json of the type \"" + type + "\", but weights as " + checkpoint.layout().name +
                        " names them: they belong to different models",
                    "move config.json away, or put the right one beside the weights");
    std::string known;
    for (const Architecture* architecture : allArchitectures())
        known += (known.empty() ? "" : ", ") + std::string(architecture->name);
    throw Error(ErrorCode::UnsupportedModel, checkpoint.path(),
                "is a model of type \"" + type + "\", which this version cannot run", "it knows " + known);
}

} // namespace

int scoreOf(const Architecture& architecture, const Checkpoint& checkpoint)
{
    const std::string type = modelTypeOf(checkpoint);
    const auto& types = architecture.modelTypes;
    if (!type.empty() && !types.empty() && std::ranges::find(types, type) == types.end()) return 0;
    return architecture.score(checkpoint);
}

const Architecture* architectureOf(const Checkpoint& checkpoint)
{
    const auto& all = allArchitectures();
    const auto scored = [&](const Architecture* one) { return scoreOf(*one, checkpoint); };
    const Architecture* best = *std::ranges::max_element(all, {}, scored);
    return scored(best) > 0 ? best : nullptr;
}

LoadedModel loadModel(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    static const std::set<std::string> kSettings{"num_heads",         "decoder_num_heads",
                                                 "vision.num_heads",  "text.num_heads",
                                                 "image_size",        "window_size",
                                                 "layer_norm_eps",    "interpolation",
                                                 "allow_nonfinite",   "weights",
                                                 "activation",        "lang",
                                                 "image_token_index", "vision",
                                                 "adapter",           "adapter_strength"};
    for (const auto& [key, value] : settings)
        if (!kSettings.contains(key))
            throw Error(ErrorCode::Usage, "--set " + key, "is not known",
                        "use num_heads, decoder_num_heads, vision.num_heads, text.num_heads, image_size, window_size, "
                        "layer_norm_eps, activation, interpolation, weights, allow_nonfinite, lang, vision, "
                        "image_token_index, adapter or adapter_strength");
    requireGoodSettings(settings);
    if (const auto part = foreignPartOf(checkpoint.tensors()))
        throw Error(ErrorCode::UnsupportedModel, checkpoint.path(), part->what + ": " + part->tensor, part->remedy);
    if (const Architecture* architecture = architectureOf(checkpoint))
        return complete(architecture->load(checkpoint, settings), checkpoint);
    refuseUnknown(checkpoint);
}

} // namespace headlens
