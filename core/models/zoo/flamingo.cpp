// SPDX-License-Identifier: GPL-3.0-or-later
// Flamingo in small as a model of the engine; the layout of config.json is ours. Pictures stand side by side in one
// wide picture; "<image>" in the text names them one after the other.
#include "core/base/error.h"
#include "core/models/skeletons/uncached_decoder.h"
#include "core/models/skeletons/vit_model.h"
#include "core/models/zoo/flamingo_network.h"
#include "core/models/zoo/vision_language_config.h"

#include <ATen/ATen.h>

#include <cstdio>

namespace headlens {
namespace {

constexpr std::int64_t kMostPictures = 5; // as in training of the paper

std::string gateName(std::size_t number)
{
    return (number % 2 == 0 ? "gate.attention." : "gate.mlp.") + std::to_string(number / 2);
}

class Flamingo : public TransformerModel {
public:
    Flamingo(const FlamingoConfig& config, ModelFacts facts) : m_network(config), m_facts(std::move(facts))
    {
        const auto block = [&](std::int64_t heads, std::int64_t width, const char* tower, AttentionKind kind) {
            m_facts.blocks.push_back({0, int(heads), int(width), tower, kind, 0});
        };
        for (std::int64_t i = 0; i < config.vision.layers; ++i) {
            block(config.vision.heads, config.vision.width, "vision", AttentionKind::Self);
            m_facts.blocks.back().windowTokens = int(config.vision.gridHeight() * config.vision.gridWidth());
        }
        for (std::int64_t i = 0; i < config.resamplerLayers; ++i)
            block(config.heads, config.text.width, "resampler", AttentionKind::Cross);
        for (std::int64_t i = 0; i < config.text.layers; ++i) {
            block(config.heads, config.text.width, "", AttentionKind::Cross);
            block(config.text.heads, config.text.width, "", AttentionKind::Self);
        }
        for (std::int64_t i = 0; i < config.text.layers; ++i)
            block(config.heads, config.text.width, "composed", AttentionKind::Composed);
    }

    void load(WeightBinder& binder)
    {
        m_network.visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
            // The ViT is recognised as one and stands there without its prefix (core/checkpoint/layouts.h).
            const std::string tower = "vision.";
            weight = binder.take(name.starts_with(tower) ? name.substr(tower.size()) : name, shape);
        });
        binder.finish();
        const std::vector<double> gates = m_network.gates();
        for (std::size_t i = 0; i < gates.size(); ++i) {
            char usual[32];
            std::snprintf(usual, sizeof(usual), "%.4f", gates[i]);
            const std::string title =
                std::string(i % 2 == 0 ? "Attention" : "MLP") + " gate before layer " + std::to_string(i / 2);
            m_facts.switches.push_back({gateName(i), title, {}, -1, 1, usual});
        }
    }

    const ModelFacts& facts() const override { return m_facts; }

    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override
    {
        if (!input.pixels.defined())
            throw Error(ErrorCode::BadRequest, "Flamingo", "looks at pictures and none was given", "give it a picture");
        ForwardResult result;
        FlamingoPass pass = passOf(options);
        pass.mask = input.mask;
        pass.trace = &result.trace;
        pass.keep = options.keep;
        pass.control = &control;
        pass.total = int(m_facts.blocks.size());
        const at::Tensor latents = seen(input.pixels, pass);
        result.states["gate"] = gatesOf(pass);
        if (!input.ids.defined()) return result;
        const at::Tensor x = m_network.read(input.ids, latents, pass);
        result.outputs["last_hidden_state"] = m_network.text().finalNorm(x);
        if (options.vocabularyScores) result.outputs["logits"] = m_network.scores(x);
        return result;
    }

    at::Tensor finalNorm(const at::Tensor& hidden) const override
    {
        return hidden.size(-1) == m_network.config().text.width ? m_network.text().finalNorm(hidden) : hidden;
    }
    at::Tensor vocabularyScores(const at::Tensor& hidden) const override
    {
        return hidden.size(-1) == m_network.config().text.width ? m_network.scores(hidden) : at::Tensor();
    }
    PositionTable positionTable(const TokenStream& stream) const override
    {
        return stream.name == "text" ? m_network.text().positionTable(stream.tokens()) : PositionTable{};
    }
    std::unique_ptr<Writer> startGeneration(const ModelInput& input, const ForwardOptions& options) const override;

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        m_network.visit(
            [&](const std::string&, at::Tensor& weight, const std::vector<std::int64_t>&) { visit(weight); });
    }
    void packWeights(Precision) override {} // too small to gain from it

    // The latents of all pictures of a strip [1,n*R,d].
    at::Tensor seen(const at::Tensor& pixels, const FlamingoPass& pass) const
    {
        const std::int64_t side = m_network.config().vision.imageHeight, pictures = pixels.size(3) / side;
        if (pixels.size(2) != side || pictures < 1 || pictures > kMostPictures)
            throw Error(ErrorCode::BadRequest, "picture",
                        "must be one to " + std::to_string(kMostPictures) + " squares side by side",
                        "join the pictures into one wide picture, or choose \"as trained\"");
        return m_network.resample(m_network.see(pixels, pass), pictures, pass);
    }

private:
    FlamingoPass passOf(const ForwardOptions& options) const
    {
        FlamingoPass pass;
        pass.ablated = options.ablated;
        const std::size_t count = 2 * std::size_t(m_network.config().text.layers);
        bool changed = false;
        for (std::size_t i = 0; i < count; ++i) changed = changed || options.switches.contains(gateName(i));
        if (!changed) return pass; // nothing is rounded
        pass.gates = m_network.gates();
        for (std::size_t i = 0; i < count; ++i)
            if (options.switches.contains(gateName(i)))
                pass.gates[i] = switchNumber(m_facts.switches, options.switches, gateName(i));
        return pass;
    }
    at::Tensor gatesOf(const FlamingoPass& pass) const // [layers,2]
    {
        return at::tensor(pass.gates.empty() ? m_network.gates() : pass.gates, at::kDouble)
            .to(at::kFloat)
            .view({-1, 2});
    }

    FlamingoNetwork m_network;
    ModelFacts m_facts;
};

// The pictures are seen once.
std::unique_ptr<Writer> Flamingo::startGeneration(const ModelInput& input, const ForwardOptions& options) const
{
    if (!input.pixels.defined())
        throw Error(ErrorCode::BadRequest, "Flamingo", "looks at pictures and none was given", "give it a picture");
    const FlamingoPass pass = passOf(options);
    const auto scores = [this, pass, latents = seen(input.pixels, pass)](const at::Tensor& ids,
                                                                         const at::Tensor& mask) {
        FlamingoPass now = pass;
        now.mask = mask;
        const at::Tensor x = m_network.read(ids, latents.expand({ids.size(0), -1, -1}), now);
        return m_network.scores(x.select(1, x.size(1) - 1));
    };
    return std::make_unique<UncachedDecoder>(scores, input.mask);
}

} // namespace

static int scoreFlamingo(const Checkpoint& checkpoint)
{
    return !modelTypeOf(checkpoint).empty() && checkpoint.has("resampler.latents") ? 4 : 0;
}

static LoadedModel loadFlamingo(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const std::string subject = checkpoint.path() + "/config.json";
    const JsonFields fields(*checkpoint.config(), subject);
    FlamingoConfig config;
    ModelFacts facts;
    const VisionLanguageConfig both = readVisionLanguageConfig(checkpoint, settings, facts.assumptions);
    config.vision = both.vision;
    config.text = both.text;
    config.eps = both.text.eps;
    config.heads = fields.integer("num_attention_heads", 4, 1, 1'024);
    config.latents = extentOf(checkpoint, "resampler.latents", 0);
    config.resamplerLayers = fields.integer("resampler_layers", 2, 1, 100);
    config.imageToken = fields.integer("image_token_id", 0, 0, 16'777'216);
    if (config.text.width % config.heads != 0 || config.vision.width != config.text.width ||
        config.vision.imageHeight != config.vision.imageWidth)
        fields.refuse("widths, heads or sides do not fit each other");
    facts.architecture = "Flamingo (small)";
    describe(both, fields, facts);
    const PreprocessPlan plan = planFor(checkpoint, facts.imageHeight, facts.imageWidth, facts.assumptions);
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<Flamingo>(config, std::move(facts));
    model->load(binder);
    return {std::move(model), plan, binder.unused()};
}

const Architecture architectures::flamingo{"Flamingo", {"flamingo_mini"}, scoreFlamingo, loadFlamingo};

} // namespace headlens
