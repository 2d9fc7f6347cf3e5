// SPDX-License-Identifier: GPL-3.0-or-later
// Swin v1 and v2 (spec/formats.md 5.8, 5.9): a map of tokens, windows, merging between stages, a mean at the end.
#include "core/base/error.h"
#include "core/models/family.h"
#include "core/models/swin_encoder.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens {
namespace {

class Swin : public VisionModel {
public:
    Swin(SwinEncoder encoder, ModelFacts facts) : m_encoder(std::move(encoder)), m_facts(std::move(facts)) {}

    void load(const Checkpoint& checkpoint, WeightBinder& binder)
    {
        m_encoder.visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
            weight = binder.take(name, shape);
        });
        m_classifier = takeHead(checkpoint, binder, "classifier", m_encoder.config().lastWidth(), m_facts.classes);
        loadCoordinates(checkpoint, binder);
        binder.finish();
        m_encoder.fuse();
    }

    const ModelFacts& facts() const override { return m_facts; }
    at::Tensor finalNorm(const at::Tensor& hidden) const override
    {
        return hidden.size(-1) == m_encoder.config().lastWidth() ? m_encoder.finalNorm(hidden) : hidden;
    }

    ForwardResult forward(const at::Tensor& pixels, const ForwardOptions&, const JobControl& control) const override
    {
        auto [normed, trace] = m_encoder.encode(pixels, control);
        const WindowGrid& first = *trace.blocks.front().windows;
        ForwardResult result{std::move(trace), {{"last_hidden_state", normed}}, first.height, first.width};
        const at::Tensor pooled = normed.mean(1); // [B,D]
        result.outputs["pooler_output"] = pooled;
        if (m_classifier.weight.defined()) result.outputs["logits"] = m_classifier(pooled);
        return result;
    }

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        m_encoder.visit([&](const std::string&, at::Tensor& weight, const auto&) { visit(weight); });
        visitLinear(m_classifier, visit);
    }

private:
    // Microsoft and torchvision store the table of v2; it says the same as the formula, for the window it was made for.
    void loadCoordinates(const Checkpoint& checkpoint, WeightBinder& binder)
    {
        if (m_encoder.config().version != 2) return;
        for (std::size_t s = 0; s < m_encoder.config().stages.size(); ++s) {
            const SwinStage& stage = m_encoder.config().stages[s];
            for (std::int64_t i = 0; i < stage.depth; ++i) {
                const std::string name = "encoder.layers." + std::to_string(s) + ".blocks." + std::to_string(i) +
                                         ".attention.self.relative_coords_table";
                if (checkpoint.has(name))
                    m_encoder.setCoordinates(
                        s, i, binder.take(name, {1, 2 * stage.windowHeight - 1, 2 * stage.windowWidth - 1, 2}));
            }
        }
    }

    SwinEncoder m_encoder;
    ModelFacts m_facts;
    Linear m_classifier;
};

std::string blockName(std::size_t stage, std::int64_t block)
{
    return "encoder.layers." + std::to_string(stage) + ".blocks." + std::to_string(block) + ".";
}

// The side of a square; 0 when `area` is none.
std::int64_t rootOf(std::int64_t area)
{
    const auto side = std::int64_t(std::lround(std::sqrt(double(std::max<std::int64_t>(area, 0)))));
    return side * side == area ? side : 0;
}

// What a bare checkpoint says about its windows: the size of a table or of an index (spec/formats.md section 3).
std::int64_t windowFromShapes(const Checkpoint& checkpoint, const std::string& self)
{
    if (const auto table = checkpoint.shapeOf(self + "relative_position_bias_table"))
        return (rootOf(table->at(0)) + 1) / 2;
    if (const auto table = checkpoint.shapeOf(self + "relative_coords_table"); table && table->size() == 4)
        return (table->at(1) + 1) / 2;
    if (const auto index = checkpoint.shapeOf(self + "relative_position_index"))
        return index->size() == 2 ? rootOf(index->at(0)) : rootOf(rootOf(index->at(0)));
    return 0;
}

// The number behind `word` in a name: "swinv2_tiny_window8_256" -> 8; 0 when there is none.
std::int64_t numberAfter(const std::string& name, const std::string& word)
{
    const std::size_t at = name.find(word);
    if (at == std::string::npos) return 0;
    std::int64_t number = 0;
    for (std::size_t i = at + word.size(); i < name.size() && name[i] >= '0' && name[i] <= '9' && number < 1000; ++i)
        number = number * 10 + (name[i] - '0');
    return number;
}

// A rectangular window that timm clamped to the map it was built for: (2h-1)(2w-1) rows with h, w at most the window.
void clampToTable(SwinStage& stage, std::int64_t rows, std::int64_t gridHeight, std::int64_t gridWidth,
                  std::int64_t window, const Checkpoint& checkpoint)
{
    stage.windowHeight = std::min(gridHeight, window);
    stage.windowWidth = std::min(gridWidth, window);
    if ((2 * stage.windowHeight - 1) * (2 * stage.windowWidth - 1) != rows)
        throw Error(ErrorCode::BadWeights, checkpoint.path(),
                    "has a bias table of " + std::to_string(rows) + " rows, whose window cannot be told",
                    "give it with --set window_size=N and --set image_size=N");
}

SwinConfig configFromShapes(const Checkpoint& checkpoint, const ModelSettings& settings, const TimmConfig& timm,
                            std::vector<std::string>& assumptions)
{
    SwinConfig config;
    const std::string patches = "embeddings.patch_embeddings.projection.weight";
    const std::int64_t width = extentOf(checkpoint, patches, 0);
    config.channels = extentOf(checkpoint, patches, 1);
    config.patch = extentOf(checkpoint, patches, 2);
    config.version = checkpoint.has(blockName(0, 0) + "attention.self.logit_scale") ? 2 : 1;
    config.queryKeyValueBias = checkpoint.has(blockName(0, 0) + "attention.self.query.bias");
    config.keyBias = checkpoint.has(blockName(0, 0) + "attention.self.key.bias");
    config.absolutePositions = checkpoint.has("embeddings.position_embeddings");
    config.patchNorm = checkpoint.has("embeddings.norm.weight");
    config.mlpRatio = double(extentOf(checkpoint, blockName(0, 0) + "intermediate.dense.weight", 0)) / double(width);
    config.eps = epsOf(settings, 1e-5);
    if (checkpoint.layout().name == "timm") config.rule = WindowRule::Timm;
    if (checkpoint.layout().name == "torchvision") config.rule = WindowRule::Torchvision;
    const std::string name = timm.architecture.empty() ? checkpoint.name() : timm.architecture;
    std::int64_t nominal = timm.window > 0 ? timm.window : numberAfter(name, "window");
    if (const std::int64_t to = numberAfter(name, "to"); timm.window == 0 && to > nominal && nominal > 0) nominal = to;
    nominal = settingOf(settings, "window_size", nominal);
    for (std::size_t s = 0; checkpoint.has(blockName(s, 0) + "layernorm_before.weight"); ++s) {
        SwinStage stage;
        const std::string self = blockName(s, 0) + "attention.self.";
        stage.width = width << s;
        stage.depth = 0;
        while (checkpoint.has(blockName(s, stage.depth) + "layernorm_before.weight")) ++stage.depth;
        stage.heads = config.version == 1 ? extentOf(checkpoint, self + "relative_position_bias_table", 1)
                                          : extentOf(checkpoint, self + "logit_scale", 0);
        stage.windowHeight = stage.windowWidth = windowFromShapes(checkpoint, self);
        config.stages.push_back(stage);
        if (s > 8) break;
    }
    if (config.stages.empty()) return config; // validate() says so
    if (nominal == 0) nominal = config.stages[0].windowHeight > 0 ? config.stages[0].windowHeight : 7;
    const std::int64_t usual = nominal * config.patch << (config.stages.size() - 1);
    config.imageHeight = timm.imageHeight > 0 ? timm.imageHeight : settingOf(settings, "image_size", usual);
    config.imageWidth = timm.imageWidth > 0 ? timm.imageWidth : config.imageHeight;
    if (timm.imageHeight == 0 && !settings.contains("image_size"))
        assumptions.push_back("image_size: " + std::to_string(usual) + " (usual for windows of " +
                              std::to_string(nominal) + ")");
    bool storesMasks = false;
    for (std::size_t s = 0; s < config.stages.size(); ++s)
        storesMasks = storesMasks || checkpoint.has(blockName(s, 1) + "attention_mask");
    for (std::size_t s = 0; s < config.stages.size(); ++s) {
        SwinStage& stage = config.stages[s];
        const std::int64_t gridHeight = config.imageHeight / config.patch >> s,
                           gridWidth = config.imageWidth / config.patch >> s;
        if (stage.windowHeight == 0 && config.version == 1)
            clampToTable(stage,
                         extentOf(checkpoint, blockName(s, 0) + "attention.self.relative_position_bias_table", 0),
                         gridHeight, gridWidth, nominal, checkpoint);
        if (stage.windowHeight == 0) { // timm's v2 stores nothing about its windows
            stage.windowHeight = std::max<std::int64_t>(1, std::min(gridHeight, nominal));
            stage.windowWidth = std::max<std::int64_t>(1, std::min(gridWidth, nominal));
            if (s == 0 && timm.window == 0)
                assumptions.push_back("window_size: " + std::to_string(nominal) + " (from the name)");
        }
        stage.shifts = storesMasks ? checkpoint.has(blockName(s, 1) + "attention_mask")
                                   : std::min(gridHeight, gridWidth) > stage.windowHeight;
        if (s < timm.pretrainedWindows.size())
            stage.pretrainedWindow = timm.pretrainedWindows[s];
        else if (numberAfter(name, "to") > 0 && numberAfter(name, "window") > 0)
            stage.pretrainedWindow =
                s + 1 < config.stages.size() ? numberAfter(name, "window") : numberAfter(name, "window") / 2;
    }
    if (!settings.contains("layer_norm_eps")) assumptions.push_back("layer_norm_eps: 1e-5, activation: gelu");
    return config;
}

SwinConfig configFor(const Checkpoint& checkpoint, const ModelSettings& settings, const TimmConfig& timm,
                     std::vector<std::string>& assumptions)
{
    const auto& json = checkpoint.config();
    if (json && json->contains("model_type")) {
        SwinConfig config = parseSwinConfig(*json, checkpoint.path() + "/config.json");
        config.eps = epsOf(settings, config.eps);
        config.imageHeight = settingOf(settings, "image_size", config.imageHeight);
        config.imageWidth = settingOf(settings, "image_size", config.imageWidth);
        return config;
    }
    return configFromShapes(checkpoint, settings, timm, assumptions);
}

ModelFacts factsFrom(const SwinConfig& config)
{
    ModelFacts facts;
    facts.architecture = config.version == 2 ? "Swin v2" : "Swin";
    facts.patch = int(config.patch);
    facts.channels = int(config.channels);
    facts.imageHeight = int(config.imageHeight);
    facts.imageWidth = int(config.imageWidth);
    facts.labels = config.labels;
    for (std::size_t s = 0; s < config.stages.size(); ++s)
        for (std::int64_t i = 0; i < config.stages[s].depth; ++i)
            facts.blocks.push_back({int(s), int(config.stages[s].heads), int(config.stages[s].width), {}});
    return facts;
}

} // namespace

bool recognisesSwin(const Checkpoint& checkpoint)
{
    const std::string type = modelTypeOf(checkpoint);
    if (!type.empty()) return type == "swin" || type == "swinv2";
    return checkpoint.has(blockName(0, 0) + "attention.self.query.weight");
}

LoadedModel loadSwin(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    std::vector<std::string> assumptions;
    const TimmConfig timm = timmConfigOf(checkpoint);
    const SwinConfig config = configFor(checkpoint, settings, timm, assumptions);
    validate(config, checkpoint.path());
    PreprocessPlan plan = planFor(checkpoint, int(config.imageHeight), int(config.imageWidth), assumptions);
    ModelFacts facts = factsFrom(config);
    facts.assumptions = assumptions;
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<Swin>(SwinEncoder(config), std::move(facts));
    model->load(checkpoint, binder);
    return {std::move(model), std::move(plan), binder.unused()};
}

} // namespace headlens
