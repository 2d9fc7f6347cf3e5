// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-2 in both layouts, with or without "transformer." (spec/formats.md 6.3).
#include "core/models/decoder_lines.h"
#include "core/models/stack_loading.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

StackConfig configOf(const Checkpoint& checkpoint, const ModelSettings& settings, std::vector<std::string>& assumptions)
{
    const StackReader reader(checkpoint, settings);
    StackConfig config = reader.outline("text", "n_embd", "n_layer");
    reader.settleHeads(config, "n_head", "num_heads", 12, assumptions);
    const JsonFields& fields = reader.fields();
    config.eps = epsOf(settings, fields.real("layer_norm_epsilon", 1e-5, 0, 1));
    const bool nano = checkpoint.layout().name == "nanoGPT"; // exact GELU, and biases are an option
    config.normBiases = checkpoint.has("text.norm.bias");
    reader.settleActivation(config, fields.text("activation_function", nano ? "gelu" : "gelu_new"), assumptions);
    config.scaled = fields.flag("scale_attn_weights", true);
    config.scaledByLayer = fields.flag("scale_attn_by_inverse_layer_idx", false);
    config.normFirst = config.causal = true;
    config.padToken = std::max<std::int64_t>(0, reader.token("pad_token_id", 0));
    validate(config, checkpoint.path());
    return config;
}

class Gpt2 : public TransformerModel {
public:
    Gpt2(const StackConfig& config, ModelFacts facts) : m_stack(config), m_facts(std::move(facts))
    {
        m_stack.appendFacts(m_facts, "");
        m_facts.switches.push_back(m_stack.positionSwitch());
    }

    void load(const Checkpoint& checkpoint, WeightBinder& binder)
    {
        headlens::load(m_stack, binder);
        const StackConfig& config = m_stack.config();
        m_head = binder.takeOptional("lm_head.weight", {config.vocabulary, config.width});
        m_classifier = takeHead(checkpoint, binder, "score", config.width, m_facts.classes);
        m_facts.text.writes = !m_classifier.isDefined();
        binder.finish();
    }

    const ModelFacts& facts() const override { return m_facts; }

    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override
    {
        ForwardResult result;
        StackPass pass = passOf(options, control, m_stack.blocks(), result);
        pass.mask = input.mask;
        const at::Tensor normed = m_stack.finalNorm(m_stack.run(embedded(input, isPositioned(options)), pass));
        result.trace.streams.push_back({"", input.ids.size(1), 0, 0, 0});
        result.outputs["last_hidden_state"] = normed;
        if (m_classifier.isDefined())
            result.outputs["logits"] = m_classifier(lastReal(normed, input));
        else if (options.vocabularyScores)
            result.outputs["logits"] = Linear{head(), {}}(normed);
        return result;
    }

    at::Tensor finalNorm(const at::Tensor& hidden) const override { return m_stack.finalNorm(hidden); }
    // Nothing where classes are told instead of words.
    at::Tensor vocabularyScores(const at::Tensor& hidden) const override
    {
        return m_classifier.isDefined() ? at::Tensor() : Linear{head(), {}}(m_stack.finalNorm(hidden));
    }

    std::unique_ptr<Writer> beginWriting(const ModelInput& input, const ForwardOptions& options) const override
    {
        DecoderStart start;
        start.mask = input.mask;
        start.countsReal = isLeftPadded(input);
        start.silenced = options.silenced;
        start.positioned = isPositioned(options);
        return std::make_unique<DecoderLines>(
            m_stack, [this](const at::Tensor& x) { return vocabularyScores(x); }, std::move(start));
    }

    PositionTable positionTable(const TokenStream& stream) const override
    {
        return m_stack.positionTable(stream.tokens());
    }

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        eachWeight(m_stack, visit);
        visitLinear(m_classifier, visit);
        if (m_head.defined()) visit(m_head);
    }
    void packWeights(Precision precision) override { m_stack.pack(precision); }

private:
    const at::Tensor& head() const { return m_head.defined() ? m_head : m_stack.tokens(); }

    static bool isLeftPadded(const ModelInput& input)
    {
        return input.mask.defined() && (input.mask.select(1, 0) == 0).any().item<bool>();
    }

    // Padding in front moves the positions: they count real tokens.
    at::Tensor embedded(const ModelInput& input, bool positioned) const
    {
        at::Tensor places;
        if (isLeftPadded(input)) places = (input.mask.cumsum(1) - 1).clamp_min(0);
        return m_stack.embed(input.ids, {}, 0, places, positioned);
    }

    bool isPositioned(const ForwardOptions& options) const
    {
        return switchValue(m_facts.switches, options.switches, "positions") == "on";
    }

    // Features of the last real token [B,D].
    static at::Tensor lastReal(const at::Tensor& x, const ModelInput& input)
    {
        if (!input.mask.defined()) return x.select(1, x.size(1) - 1);
        const at::Tensor last = (input.mask * at::arange(x.size(1), input.mask.options())).argmax(1);
        return x.gather(1, last.view({-1, 1, 1}).expand({-1, 1, x.size(2)})).squeeze(1);
    }

    Stack m_stack;
    ModelFacts m_facts;
    at::Tensor m_head; // [V,D]; undefined: the token table
    Linear m_classifier;
};

} // namespace

bool recognisesGpt2(const Checkpoint& checkpoint)
{
    const std::string type = modelTypeOf(checkpoint);
    const auto& views = checkpoint.layout().views;
    const auto query = views.find("text.layer.0.self.query.weight"); // nobody else stores it the other way round
    const bool ours = query != views.end() && (query->second.transposed || checkpoint.layout().name == "nanoGPT");
    return (type.empty() || type == "gpt2") && ours;
}

LoadedModel loadGpt2(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    ModelFacts facts;
    const StackConfig config = configOf(checkpoint, settings, facts.assumptions);
    facts.architecture = "GPT-2";
    facts.patch = facts.channels = 0;
    facts.text = textFactsOf(config);
    facts.text.endToken = int(StackReader(checkpoint, settings).token("eos_token_id", config.vocabulary - 1));
    facts.labels = labelsOf(checkpoint);
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<Gpt2>(config, std::move(facts));
    model->load(checkpoint, binder);
    return {std::move(model), {}, binder.unused()};
}

} // namespace headlens
