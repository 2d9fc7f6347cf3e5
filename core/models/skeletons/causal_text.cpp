// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/causal_text.h"

#include "core/models/heads/word_head.h"
#include "core/models/skeletons/cached_decoder.h"
#include "core/models/skeletons/stack_loading.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

class CausalText : public TransformerModel {
public:
    CausalText(const StackConfig& config, ModelFacts facts) : m_stack(config), m_facts(std::move(facts))
    {
        m_stack.appendFacts(m_facts, "");
        m_facts.switches.push_back(m_stack.positionSwitch());
    }

    void load(const Checkpoint& checkpoint, WeightBinder& binder)
    {
        headlens::load(m_stack, binder);
        const StackConfig& config = m_stack.config();
        m_head.load(binder, config);
        m_classifier = takeHead(checkpoint, binder, "score", config.width, m_facts);
        m_facts.text.writes = !m_classifier.isDefined();
        if (m_facts.text.writes) m_facts.outputs.push_back(verbs::OutputKind::VocabularyScores);
        binder.finish();
    }

    const ModelFacts& facts() const override { return m_facts; }

    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override
    {
        ForwardResult result;
        StackPass pass = passOf(options, control, m_stack.blocks(), result);
        pass.mask = input.mask;
        pass.positioned = isPositioned(options);
        const at::Tensor normed = m_stack.finalNorm(m_stack.run(embedded(input, options), pass));
        result.trace.streams.push_back({"", input.ids.size(1), 0, 0, 0});
        result.outputs["last_hidden_state"] = normed;
        if (m_classifier.isDefined())
            result.outputs["logits"] = m_classifier(lastReal(normed, input));
        else if (options.vocabularyScores)
            result.outputs["logits"] = m_head(m_stack, normed);
        return result;
    }

    at::Tensor finalNorm(const at::Tensor& hidden) const override { return m_stack.finalNorm(hidden); }
    // Nothing where classes are told instead of words.
    at::Tensor vocabularyScores(const at::Tensor& hidden) const override
    {
        return m_classifier.isDefined() ? at::Tensor() : m_head(m_stack, m_stack.finalNorm(hidden));
    }

    std::unique_ptr<Writer> startGeneration(const ModelInput& input, const ForwardOptions& options) const override
    {
        DecoderStart start;
        start.mask = input.mask;
        start.countsReal = isLeftPadded(input);
        start.ablated = options.ablated;
        start.positioned = isPositioned(options);
        return std::make_unique<CachedDecoder>(
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
        m_head.visit(visit);
    }
    void packWeights(Precision precision) override { m_stack.pack(precision); }

private:
    static bool isLeftPadded(const ModelInput& input)
    {
        return input.mask.defined() && (input.mask.select(1, 0) == 0).any().item<bool>();
    }

    // Padding in front moves the positions: they count real tokens.
    at::Tensor embedded(const ModelInput& input, const ForwardOptions& options) const
    {
        at::Tensor places;
        if (isLeftPadded(input)) places = (input.mask.cumsum(1) - 1).clamp_min(0);
        return m_stack.embed(input.ids,
                             {.places = places, .positioned = isPositioned(options), .hooks = options.hooks});
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
    WordHead m_head;
    Linear m_classifier;
};

} // namespace

LoadedModel loadCausalText(const StackConfig& config, ModelFacts facts, const Checkpoint& checkpoint,
                           const ModelSettings& settings)
{
    facts.patch = facts.channels = 0;
    facts.labels = labelsOf(checkpoint);
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<CausalText>(config, std::move(facts));
    model->load(checkpoint, binder);
    return {std::move(model), {}, binder.unused()};
}

} // namespace headlens
