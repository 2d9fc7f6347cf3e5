// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/encoder_text.h"

namespace headlens {
namespace {

class EncoderText : public TransformerModel {
public:
    EncoderText(const StackConfig& config, ModelFacts facts, TextHeadsKind heads)
        : m_stack(config), m_facts(std::move(facts)), m_heads(std::move(heads))
    {
        m_stack.appendFacts(m_facts, "");
    }

    void load(const Checkpoint& checkpoint, WeightBinder& binder)
    {
        headlens::load(m_stack, binder);
        m_heads.load(checkpoint, binder, m_stack.config(), m_facts);
        m_facts.text.isMaskedLm = m_heads.fillsGaps();
        binder.finish();
    }

    const ModelFacts& facts() const override { return m_facts; }

    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override
    {
        ForwardResult result;
        StackPass pass = passOf(options, control, m_stack.blocks(), result);
        pass.mask = input.mask;
        const at::Tensor last = m_stack.finalNorm(
            m_stack.run(m_stack.embed(input.ids, {.segments = input.segments, .hooks = pass.hooks}), pass));
        result.trace.streams.push_back({"", input.ids.size(1), 0, 0, 0});
        result.outputs["last_hidden_state"] = last;
        m_heads.addOutputs(last, input.mask, result.outputs);
        if (m_heads.fillsGaps() && options.vocabularyScores && !result.outputs.contains("logits"))
            result.outputs["logits"] = m_heads.vocabularyScores(last, m_stack.tokenTable());
        return result;
    }

    at::Tensor finalNorm(const at::Tensor& hidden) const override { return m_stack.finalNorm(hidden); }
    at::Tensor vocabularyScores(const at::Tensor& hidden) const override
    {
        return m_heads.vocabularyScores(m_stack.finalNorm(hidden), m_stack.tokenTable());
    }

    PositionTable positionTable(const TokenStream& stream) const override
    {
        return m_stack.positionTable(stream.tokens());
    }

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        eachWeight(m_stack, visit);
        m_heads.visit(visit);
    }
    void packWeights(Precision precision) override { m_stack.pack(precision); }

private:
    Stack m_stack;
    ModelFacts m_facts;
    TextHeads m_heads;
};

} // namespace

LoadedModel loadEncoderText(const StackConfig& config, ModelFacts facts, const TextHeadsKind& heads,
                            const Checkpoint& checkpoint, const ModelSettings& settings)
{
    facts.patch = facts.channels = 0;
    facts.text = textFactsOf(config);
    facts.labels = labelsOf(checkpoint);
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<EncoderText>(config, std::move(facts), heads);
    model->load(checkpoint, binder);
    return {std::move(model), {}, binder.unused()};
}

} // namespace headlens
