// SPDX-License-Identifier: GPL-3.0-or-later
// Swin v1 and v2: a map of tokens, windows, merging between stages, a mean at the end.
#include "core/models/loading.h"
#include "core/models/skeletons/swin_encoder.h"
#include "core/models/skeletons/swin_shapes.h"
#include "core/models/skeletons/vision_model.h"

#include <ATen/ATen.h>

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
        m_classifier = takeHead(checkpoint, binder, "classifier", m_encoder.config().lastWidth(), m_facts);
        loadCoordinates(checkpoint, binder);
        binder.finish();
    }

    const ModelFacts& facts() const override { return m_facts; }
    at::Tensor finalNorm(const at::Tensor& hidden) const override
    {
        return hidden.size(-1) == m_encoder.config().lastWidth() ? m_encoder.finalNorm(hidden) : hidden;
    }

    ForwardResult forward(const at::Tensor& pixels, const ForwardOptions& options,
                          const JobControl& control) const override
    {
        auto [normed, trace, height, width] = m_encoder.encode(pixels, control, options);
        ForwardResult result{std::move(trace), {{"last_hidden_state", normed}}, int(height), int(width)};
        const at::Tensor pooled = meanOf(normed, 1); // [B,D]
        result.outputs["pooler_output"] = pooled;
        if (m_classifier.weight.defined()) result.outputs["logits"] = m_classifier(pooled);
        return result;
    }

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        m_encoder.visit([&](const std::string&, at::Tensor& weight, const auto&) { visit(weight); });
        visitLinear(m_classifier, visit);
    }
    void packWeights(Precision precision) override { m_encoder.pack(precision); }

private:
    // Microsoft and torchvision store the table of v2; it says the same as the formula, for the window it was made for.
    void loadCoordinates(const Checkpoint& checkpoint, WeightBinder& binder)
    {
        if (m_encoder.config().version != 2) return;
        for (std::size_t s = 0; s < m_encoder.config().stages.size(); ++s) {
            const SwinStage& stage = m_encoder.config().stages[s];
            for (std::int64_t i = 0; i < stage.depth; ++i) {
                const std::string name = swinBlockName(s, i) + "attention.self.relative_coords_table";
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

SwinConfig configFor(const Checkpoint& checkpoint, const ModelSettings& settings, std::vector<std::string>& assumptions)
{
    const auto& json = checkpoint.config();
    if (json && !modelTypeOf(checkpoint).empty()) {
        SwinConfig config = parseSwinConfig(*json, checkpoint.path() + "/config.json");
        config.eps = epsOf(settings, config.eps);
        config.activation = activationOf(settings, config.activation);
        std::tie(config.imageHeight, config.imageWidth) =
            imageSizeOf(settings, {config.imageHeight, config.imageWidth});
        return config;
    }
    return swinConfigFromShapes(checkpoint, settings, assumptions);
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
            facts.blocks.push_back({int(s),
                                    int(config.stages[s].heads),
                                    int(config.stages[s].width),
                                    {},
                                    AttentionKind::Self,
                                    int(config.stages[s].windowHeight * config.stages[s].windowWidth)});
    return facts;
}

} // namespace

static int scoreSwin(const Checkpoint& checkpoint)
{
    const bool told = !modelTypeOf(checkpoint).empty();
    return told || checkpoint.has(swinBlockName(0, 0) + "attention.self.query.weight") ? 3 : 0;
}

static LoadedModel loadSwin(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    std::vector<std::string> assumptions;
    const SwinConfig config = configFor(checkpoint, settings, assumptions);
    validate(config, checkpoint.path());
    PreprocessPlan plan = planFor(checkpoint, int(config.imageHeight), int(config.imageWidth), assumptions);
    ModelFacts facts = factsFrom(config);
    facts.assumptions = assumptions;
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<Swin>(SwinEncoder(config), std::move(facts));
    model->load(checkpoint, binder);
    return {std::move(model), std::move(plan), binder.unused()};
}

const Architecture architectures::swin{"Swin", {"swin", "swinv2"}, scoreSwin, loadSwin};

} // namespace headlens
