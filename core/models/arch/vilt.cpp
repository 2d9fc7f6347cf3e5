// SPDX-License-Identifier: GPL-3.0-or-later
// ViLT: words and patches side by side in one encoder.
#include "core/models/skeletons/stack_loading.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

StackConfig configOf(const Checkpoint& checkpoint, const ModelSettings& settings, std::vector<std::string>& assumptions)
{
    const StackReader reader(checkpoint, settings);
    StackConfig config = reader.outline("text");
    reader.settleHeads(config, "num_attention_heads", "num_heads", 12, assumptions);
    config.eps = epsOf(settings, reader.fields().real("layer_norm_eps", 1e-12, 0, 1));
    reader.settleActivation(config, reader.fields().text("hidden_act", "gelu"), assumptions);
    config.normFirst = true;
    config.padToken = 0;
    validate(config, checkpoint.path());
    return config;
}

class Vilt : public TransformerModel {
public:
    Vilt(const StackConfig& config, ModelFacts facts) : m_stack(config), m_facts(std::move(facts))
    {
        m_stack.appendFacts(m_facts, "");
    }

    void load(const Checkpoint& checkpoint, WeightBinder& binder)
    {
        headlens::load(m_stack, binder);
        const StackConfig& config = m_stack.config();
        const std::int64_t d = config.width, p = m_facts.patch;
        m_classToken = binder.take("embeddings.cls_token", {1, 1, d});
        m_modality = binder.take("embeddings.modality", {extentOf(checkpoint, "embeddings.modality", 0), d});
        m_positions = binder.take("embeddings.position_embeddings",
                                  {1, extentOf(checkpoint, "embeddings.position_embeddings", 1), d});
        m_patches.patch = p;
        m_patches.layer = {binder.take("embeddings.patch_embeddings.projection.weight", {d, m_facts.channels, p, p}),
                           binder.takeOptional("embeddings.patch_embeddings.projection.bias", {d})};
        if (checkpoint.has("pooler.dense.weight")) m_pooler = takeLinear(binder, "pooler.dense", d, d);
        if (checkpoint.has("classifier.0.weight")) {
            const std::int64_t inner = extentOf(checkpoint, "classifier.0.weight", 0);
            m_inner = takeLinear(binder, "classifier.0", inner, d);
            m_innerNorm = takeNorm(binder, "classifier.1", inner, 1e-5);
            m_classifier = takeHead(checkpoint, binder, "classifier.3", inner, m_facts);
        }
        m_rank = takeHead(checkpoint, binder, "rank_output", d, m_facts);
        binder.finish();
    }

    const ModelFacts& facts() const override { return m_facts; }

    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override
    {
        if (!input.pixels.defined() || !input.ids.defined())
            throw Error(ErrorCode::BadRequest, "ViLT", "reads a picture and a sentence together", "give it both");
        ForwardResult result;
        const at::Tensor words =
            m_stack.embed(input.ids, {.segments = input.segments, .hooks = options.hooks}) + m_modality.select(0, 0);
        at::Tensor picture = pictureTokens(input.pixels, result) + m_modality.select(0, 1);
        if (picture.size(0) == 1) picture = picture.expand({words.size(0), -1, -1}); // many texts, one picture
        StackPass pass = passOf(options, control, m_stack.blocks(), result);
        if (input.mask.defined())
            pass.mask = at::cat({input.mask, at::ones({picture.size(0), picture.size(1)}, input.mask.options())}, 1);
        const at::Tensor last = m_stack.finalNorm(m_stack.run(at::cat({words, picture}, 1), pass));
        result.trace.streams.push_back({"", input.ids.size(1), 1, result.gridHeight, result.gridWidth, m_facts.patch});
        result.outputs["last_hidden_state"] = last;
        const at::Tensor pooled = m_pooler.isDefined() ? tanhOf(m_pooler(last.select(1, 0))) : last.select(1, 0);
        result.outputs["pooler_output"] = pooled;
        if (m_classifier.isDefined())
            result.outputs["logits"] = m_classifier(activate(Activation::Gelu, m_innerNorm(m_inner(pooled))));
        if (m_rank.isDefined()) result.outputs["logits"] = m_rank(pooled);
        return result;
    }

    PositionTable positionTable(const TokenStream& stream) const override { return m_stack.positionTable(stream.text); }
    at::Tensor finalNorm(const at::Tensor& hidden) const override { return m_stack.finalNorm(hidden); }

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        eachWeight(m_stack, visit);
        for (at::Tensor* weight : {&m_classToken, &m_modality, &m_positions}) visit(*weight);
        for (Linear* layer : {&m_patches.layer, &m_pooler, &m_inner, &m_classifier, &m_rank})
            visitLinear(*layer, visit);
        visitNorm(m_innerNorm, visit);
    }
    void packWeights(Precision precision) override { m_stack.pack(precision); }

private:
    // Class token and patches in row-major order with their positions [B,1+gh*gw,D]. (The published code draws patches
    // in random order at every call; the order means nothing to attention.)
    at::Tensor pictureTokens(const at::Tensor& pixels, ForwardResult& result) const
    {
        const at::Tensor grid = m_patches(pixels); // [B,gh,gw,D]
        const std::int64_t height = grid.size(1), width = grid.size(2), d = grid.size(3);
        result.gridHeight = int(height);
        result.gridWidth = int(width);
        const std::int64_t side = rootOf(m_positions.size(1) - 1);
        const at::Tensor table = m_positions.slice(1, 1).view({1, side, side, d}).permute({0, 3, 1, 2});
        const at::Tensor resized = at::upsample_bilinear2d(table.contiguous(), {height, width}, /*align_corners=*/true);
        const at::Tensor patches = grid.flatten(1, 2) + resized.flatten(2).transpose(1, 2);
        const at::Tensor first = m_classToken + m_positions.slice(1, 0, 1);
        return at::cat({first.expand({grid.size(0), -1, -1}), patches}, 1);
    }

    Stack m_stack;
    ModelFacts m_facts;
    PatchEmbedding m_patches;
    at::Tensor m_classToken, m_modality, m_positions; // [1,1,D], [2,D], [1,1+side*side,D]
    Linear m_pooler, m_inner, m_classifier, m_rank;
    LayerNorm m_innerNorm;
};

} // namespace

static int scoreVilt(const Checkpoint& checkpoint)
{
    return checkpoint.has("embeddings.modality") && checkpoint.has("text.layer.0.self.query.weight") ? 2 : 0;
}

static LoadedModel loadVilt(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    ModelFacts facts;
    const StackConfig config = configOf(checkpoint, settings, facts.assumptions);
    facts.architecture = "ViLT";
    facts.channels = int(extentOf(checkpoint, "embeddings.patch_embeddings.projection.weight", 1));
    facts.patch = int(extentOf(checkpoint, "embeddings.patch_embeddings.projection.weight", 2));
    const std::int64_t side = rootOf(extentOf(checkpoint, "embeddings.position_embeddings", 1) - 1);
    if (extentOf(checkpoint, "embeddings.modality", 0) < 2)
        throw Error(ErrorCode::BadWeights, checkpoint.path(), "does not tell words from patches (embeddings.modality)");
    if (side < 1 || facts.patch < 1)
        throw Error(ErrorCode::BadWeights, checkpoint.path(), "has a position table that is no square of patches");
    facts.imageHeight = facts.imageWidth = int(side) * facts.patch;
    facts.prefixTokens = {"cls"};
    facts.text = textFactsOf(config);
    facts.labels = labelsOf(checkpoint);
    PreprocessPlan plan = planFor(checkpoint, facts.imageHeight, facts.imageWidth, facts.assumptions);
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<Vilt>(config, std::move(facts));
    model->load(checkpoint, binder);
    return {std::move(model), std::move(plan), binder.unused()};
}

const Architecture architectures::vilt{"ViLT", {}, scoreVilt, loadVilt};

} // namespace headlens
