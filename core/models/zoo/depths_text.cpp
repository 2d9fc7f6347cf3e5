// SPDX-License-Identifier: GPL-3.0-or-later
// A causal language model with Mixture-of-Depths as a model of the engine; the layout of config.json is ours, no public
// checkpoints exist.
#include "core/base/error.h"
#include "core/models/skeletons/stack_loading.h"
#include "core/models/skeletons/uncached_decoder.h"
#include "core/models/zoo/depths_stack.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

constexpr const char *kTop = "top of the whole text", *kPredicted = "predictor", *kRandom = "random", *kAll = "all";

class DepthsText : public TransformerModel {
public:
    DepthsText(const DepthsConfig& config, ModelFacts facts) : m_stack(config), m_facts(std::move(facts))
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

    void load(WeightBinder& binder)
    {
        m_stack.visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
            weight = binder.take(name, shape);
        });
        binder.finish();
    }

    const ModelFacts& facts() const override { return m_facts; }

    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override
    {
        ForwardResult result;
        DepthsPass pass = passOf(options);
        pass.mask = input.mask;
        pass.trace = &result.trace;
        pass.states = &result.states;
        pass.keep = options.keep;
        pass.control = &control;
        pass.total = int(m_facts.blocks.size());
        const at::Tensor x = m_stack.run(input.ids, pass);
        result.trace.streams.push_back({"", input.ids.size(1), 0, 0, 0});
        result.outputs["last_hidden_state"] = m_stack.finalNorm(x);
        if (options.vocabularyScores) result.outputs["logits"] = m_stack.scores(x);
        return result;
    }

    at::Tensor finalNorm(const at::Tensor& hidden) const override { return m_stack.finalNorm(hidden); }
    at::Tensor vocabularyScores(const at::Tensor& hidden) const override { return m_stack.scores(hidden); }
    PositionTable positionTable(const TokenStream& stream) const override
    {
        return {"learnt", m_stack.positions().slice(0, 0, stream.tokens())};
    }
    std::unique_ptr<Writer> startGeneration(const ModelInput& input, const ForwardOptions& options) const override;

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        m_stack.visit([&](const std::string&, at::Tensor& weight, const std::vector<std::int64_t>&) { visit(weight); });
    }
    void packWeights(Precision) override {} // too small to gain from it

private:
    DepthsPass passOf(const ForwardOptions& options) const
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

    DepthsStack m_stack;
    ModelFacts m_facts;
};

// Line by line: each chooses its own tokens.
std::unique_ptr<Writer> DepthsText::startGeneration(const ModelInput& input, const ForwardOptions& options) const
{
    const auto scores = [this, pass = passOf(options)](const at::Tensor& ids, const at::Tensor& mask) {
        std::vector<at::Tensor> lines;
        for (std::int64_t i = 0; i < ids.size(0); ++i) {
            DepthsPass now = pass;
            if (mask.defined()) now.mask = mask.slice(0, i, i + 1);
            const at::Tensor x = m_stack.run(ids.slice(0, i, i + 1), now);
            lines.push_back(m_stack.scores(x.select(1, x.size(1) - 1)));
        }
        return at::cat(lines);
    };
    return std::make_unique<UncachedDecoder>(scores, input.mask);
}

} // namespace

static bool recognisesDepthsText(const Checkpoint& checkpoint)
{
    return modelTypeOf(checkpoint) == "mixture_of_depths_lm" && checkpoint.has("depths.tokens");
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
    facts.patch = facts.channels = 0;
    facts.text = writingFactsOf(fields, config.positions, config.vocabulary);
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<DepthsText>(config, std::move(facts));
    model->load(binder);
    return {std::move(model), {}, binder.unused()};
}

const Architecture architectures::depthsText{"Mixture-of-Depths for text", recognisesDepthsText, loadDepthsText};

} // namespace headlens
