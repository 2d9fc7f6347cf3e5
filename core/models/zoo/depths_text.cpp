// SPDX-License-Identifier: GPL-3.0-or-later
// A causal language model with Mixture-of-Depths as a model of the engine; the layout of config.json is ours, no public
// checkpoints exist.
#include "core/base/error.h"
#include "core/models/skeletons/stack_loading.h"
#include "core/models/zoo/causal_model.h"
#include "core/models/zoo/depths_stack.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

constexpr const char *kTop = "top of the whole text", *kPredicted = "predictor", *kRandom = "random", *kAll = "all";

class DepthsText : public CausalModel<DepthsStack, DepthsPass> {
public:
    DepthsText(const DepthsConfig& config, ModelFacts facts) : CausalModel(config, std::move(facts))
    {
        for (std::int64_t i = 0; i < config.layers; ++i)
            m_facts.blocks.push_back({0, int(config.heads), int(config.width), "", AttentionKind::Self, 0});
        m_facts.switches.push_back(
            {"routing", "Who passes through routed blocks", {kTop, kPredicted, kRandom, kAll}, 0, 0, kPredicted});
        m_facts.switches.push_back({"capacity",
                                    "Tokens that pass (not asked of the predictor)",
                                    {},
                                    1,
                                    double(config.positions),
                                    std::to_string(config.capacity)});
        m_facts.choosesTokens = true;
    }

    PositionTable positionTable(const TokenStream& stream) const override
    {
        return {"learnt", m_stack.positions().slice(0, 0, stream.tokens())};
    }

private:
    DepthsPass passOf(const ForwardOptions& options) const override
    {
        const std::string how = switchValue(m_facts.switches, options.switches, "routing");
        DepthsPass pass;
        pass.choice = how == kTop         ? DepthChoice::TopK
                      : how == kPredicted ? DepthChoice::Predictor
                      : how == kRandom    ? DepthChoice::Random
                                          : DepthChoice::All;
        pass.capacity = std::int64_t(switchNumber(m_facts.switches, options.switches, "capacity"));
        pass.seed = options.seed;
        pass.ablated = options.ablated;
        return pass;
    }

    // Line by line: each chooses its own tokens.
    at::Tensor nextScores(const at::Tensor& ids, const at::Tensor& mask, DepthsPass pass) const override
    {
        std::vector<at::Tensor> lines;
        for (std::int64_t i = 0; i < ids.size(0); ++i)
            lines.push_back(
                CausalModel::nextScores(ids.slice(0, i, i + 1), mask.defined() ? mask.slice(0, i, i + 1) : mask, pass));
        return at::cat(lines);
    }
};

} // namespace

static int scoreDepthsText(const Checkpoint& checkpoint)
{
    return !modelTypeOf(checkpoint).empty() && checkpoint.has("depths.tokens") ? 4 : 0;
}

static LoadedModel loadDepthsText(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const std::string subject = checkpoint.path() + "/config.json";
    const JsonFields fields(*checkpoint.config(), subject);
    DepthsConfig config;
    config.layers = fields.integer("num_hidden_layers", 4, 1, 1'000);
    config.heads = fields.integer("num_attention_heads", 4, 1, 1'024);
    config.capacity = fields.integer("capacity", 16, 1, 1'048'576);
    config.eps = fields.real("layer_norm_eps", 1e-5, 0, 1);
    config.vocabulary = extentOf(checkpoint, "depths.tokens", 0);
    config.width = extentOf(checkpoint, "depths.tokens", 1);
    config.positions = extentOf(checkpoint, "depths.positions", 0);
    config.mlpWidth = extentOf(checkpoint, "depths.layer.0.up.weight", 0);
    if (config.width % config.heads != 0 || config.width % 2 != 0 || config.capacity > config.positions)
        fields.refuse("heads, width or capacity do not fit each other");
    ModelFacts facts;
    facts.architecture = "Mixture-of-Depths language model";
    facts.text = writingFactsOf(fields, config.positions, config.vocabulary);
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<DepthsText>(config, std::move(facts));
    model->load(binder);
    return {std::move(model), {}, binder.unused()};
}

const Architecture architectures::depthsText{
    "Mixture-of-Depths for text", {"mixture_of_depths_lm"}, scoreDepthsText, loadDepthsText};

} // namespace headlens
