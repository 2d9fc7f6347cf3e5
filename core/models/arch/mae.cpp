// SPDX-License-Identifier: GPL-3.0-or-later
// Masked autoencoder: the encoder sees some of the patches, the decoder paints the others.
#include "core/base/error.h"
#include "core/models/skeletons/mae_decoder.h"
#include "core/models/skeletons/vit_model.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>

namespace headlens {
namespace {

class Mae : public VitModel {
public:
    Mae(const VitConfig& config, ModelFacts facts, const MaeSettings& decoder)
        : VitModel(config, std::move(facts)), m_settings(decoder), m_decoder(decoder.blocks, config)
    {
        m_facts.maskRatio = decoder.maskRatio;
        m_facts.outputs.push_back(verbs::OutputKind::Picture);
        for (std::int64_t i = 0; i < decoder.blocks.layers; ++i)
            m_facts.blocks.push_back({1, int(decoder.blocks.heads), int(decoder.blocks.width), "decoder"});
    }

    ForwardResult forward(const at::Tensor& pixels, const ForwardOptions& options,
                          const JobControl& control) const override
    {
        const std::int64_t p = m_encoder.config().patch;
        const std::int64_t n = (pixels.size(2) / p) * (pixels.size(3) / p);
        const at::Tensor order = at::argsort(noiseFor(options, pixels, n), std::int64_t(1)); // [B,n] shuffled order
        const double ratio = options.maskRatio < 0 ? m_settings.maskRatio : std::clamp(options.maskRatio, 0.0, 0.99);
        const auto kept = std::clamp<std::int64_t>(std::int64_t(double(n) * (1 - ratio)), 1, n);
        auto encoded = m_encoder.encodeKept(pixels, order.slice(1, 0, kept), control, m_decoder.blocks(), options);
        ForwardResult result{std::move(encoded.trace), {{"last_hidden_state", encoded.normed}}};
        result.gridHeight = int(encoded.gridHeight);
        result.gridWidth = int(encoded.gridWidth);
        const at::Tensor restore = at::argsort(order, std::int64_t(1));
        result.outputs["ids_restore"] = restore;
        result.hiddenPatches = restore.ge(kept);
        Pass pass(options, &result.trace, &control);
        pass.keep.attention = true;
        pass.total = m_encoder.blocks() + m_decoder.blocks();
        pass.tower = "decoder";
        const at::Tensor painted = m_decoder.paint(encoded, restore, pass); // [B,n,p*p*C]
        result.outputs["decoder.logits"] = painted;
        result.outputs["mask"] = result.hiddenPatches.to(at::kFloat);
        result.reconstruction = m_decoder.composed(pixels, painted, result.hiddenPatches, m_settings.normalisedPixels);
        return result;
    }

    void packWeights(Precision precision) override
    {
        VitModel::packWeights(precision);
        m_decoder.pack(precision);
    }

protected:
    void loadHeads(const Checkpoint&, WeightBinder& binder) override
    {
        m_decoder.visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
            weight = binder.take(name, shape);
        });
    }
    void visitHeads(const std::function<void(at::Tensor&)>& visit) override
    {
        m_decoder.visit([&](const std::string&, at::Tensor& weight, const auto&) { visit(weight); });
    }
    void addOutputs(const VitEncoder::Encoded&, ForwardResult&) const override {} // forward() is our own

private:
    static at::Tensor noiseFor(const ForwardOptions& options, const at::Tensor& pixels, std::int64_t n)
    {
        if (!options.noise.defined())
            return at::rand({pixels.size(0), n}, at::make_generator<at::CPUGeneratorImpl>(options.seed))
                .to(pixels.device());
        if (options.noise.dim() != 2 || options.noise.size(0) != pixels.size(0) || options.noise.size(1) != n)
            throw Error(ErrorCode::BadRequest, "noise",
                        "needs one number for each of the " + std::to_string(n) + " patches");
        return options.noise.to(pixels.device());
    }

    MaeSettings m_settings;
    MaeDecoder m_decoder;
};

} // namespace

static int scoreMae(const Checkpoint& checkpoint)
{
    return checkpoint.has("decoder.decoder_embed.weight") ? 3 : 0;
}

static LoadedModel loadMae(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    std::vector<std::string> assumptions;
    const VitConfig config = vitConfigFor(checkpoint, settings, assumptions);
    const MaeSettings decoder = maeSettingsOf(checkpoint, settings, config, assumptions);
    PreprocessPlan plan = planFor(checkpoint, int(config.imageHeight), int(config.imageWidth), assumptions);
    ModelFacts facts = factsFrom(config);
    facts.architecture = "MAE";
    facts.assumptions = std::move(assumptions);
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<Mae>(config, std::move(facts), decoder);
    model->load(checkpoint, binder);
    return {std::move(model), std::move(plan), binder.unused()};
}

const Architecture architectures::mae{"MAE", {"vit_mae"}, scoreMae, loadMae};

} // namespace headlens
