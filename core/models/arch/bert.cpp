// SPDX-License-Identifier: GPL-3.0-or-later
// BERT, RoBERTa and DistilBERT with every usual head (spec/formats.md 6.1, 6.2).
#include "core/models/heads/vocabulary_head.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

enum class Kind : std::uint8_t { Bert, Roberta, DistilBert };

Kind kindOf(const Checkpoint& checkpoint)
{
    const std::string type = modelTypeOf(checkpoint);
    if (type == "distilbert" || checkpoint.layout().prefix.ends_with("distilbert.")) return Kind::DistilBert;
    const bool roberta = type == "roberta" || type == "xlm-roberta" || type == "camembert";
    return roberta || checkpoint.layout().prefix.ends_with("roberta.") ? Kind::Roberta : Kind::Bert;
}

StackConfig configOf(const Checkpoint& checkpoint, const ModelSettings& settings, Kind kind,
                     std::vector<std::string>& assumptions)
{
    const StackReader reader(checkpoint, settings);
    const bool distil = kind == Kind::DistilBert;
    StackConfig config = distil ? reader.outline("text", "dim", "n_layers") : reader.outline("text");
    reader.settleHeads(config, distil ? "n_heads" : "num_attention_heads", "num_heads", 12, assumptions);
    const JsonFields& fields = reader.fields();
    const std::string positions = fields.text("position_embedding_type", "absolute");
    if (positions != "absolute")
        throw Error(ErrorCode::UnsupportedModel, checkpoint.path(),
                    "uses positions of the kind \"" + positions + "\", which this version cannot run",
                    "use a model with absolute positions");
    config.eps = epsOf(settings, distil ? 1e-12 : fields.real("layer_norm_eps", 1e-12, 0, 1));
    reader.settleActivation(config, fields.text(distil ? "activation" : "hidden_act", "gelu"), assumptions);
    config.padToken = reader.token("pad_token_id", kind == Kind::Roberta ? 1 : 0);
    config.causal = !distil && fields.flag("is_decoder", false);
    config.crossWidth = 0; // a BERT that was made a decoder needs the encoder that it belongs to
    if (kind == Kind::Roberta) {
        config.positionsSkipPadding = true;
        config.positionOffset = config.padToken + 1;
        config.positions -= config.positionOffset;
    }
    validate(config, checkpoint.path());
    return config;
}

class Bert : public TransformerModel {
public:
    Bert(const StackConfig& config, ModelFacts facts, std::string className)
        : m_stack(config), m_facts(std::move(facts)), m_className(std::move(className))
    {
        m_stack.appendFacts(m_facts, "");
    }

    void load(const Checkpoint& checkpoint, WeightBinder& binder)
    {
        headlens::load(m_stack, binder);
        const StackConfig& config = m_stack.config();
        const std::int64_t d = config.width;
        if (checkpoint.has("pooler.dense.weight")) m_pooler = takeLinear(binder, "pooler.dense", d, d);
        // RoBERTa's head has an activation of its own, whatever config.json says of the blocks.
        m_maskedLmHead.load(checkpoint, binder, config, m_facts.architecture == "RoBERTa" ? "gelu" : config.activation);
        // DistilBERT, RoBERTa: one more layer before the classes.
        for (const std::string name : {"pre_classifier", "classifier.dense"})
            if (checkpoint.has(name + ".weight")) m_before = takeLinear(binder, name, d, d);
        m_labelsTokens = m_className.ends_with("ForTokenClassification");
        const auto kind = m_labelsTokens ? verbs::OutputKind::TokenClasses : verbs::OutputKind::Classes;
        for (const std::string name : {"classifier", "classifier.out_proj"})
            if (checkpoint.has(name + ".weight")) m_classifier = takeHead(checkpoint, binder, name, d, m_facts, kind);
        if (checkpoint.has("qa_outputs.weight")) m_answers = takeLinear(binder, "qa_outputs", 2, d);
        if (checkpoint.has("cls.seq_relationship.weight")) m_follows = takeLinear(binder, "cls.seq_relationship", 2, d);
        if (m_answers.isDefined()) m_facts.outputs.push_back(verbs::OutputKind::Spans);
        if (m_maskedLmHead.isDefined()) m_facts.outputs.push_back(verbs::OutputKind::VocabularyScores);
        m_facts.text.isMaskedLm = m_maskedLmHead.isDefined();
        binder.finish();
    }

    const ModelFacts& facts() const override { return m_facts; }

    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override
    {
        ForwardResult result;
        StackPass pass = passOf(options, control, m_stack.blocks(), result);
        pass.mask = input.mask;
        const at::Tensor last = m_stack.run(m_stack.embed(input.ids, input.segments), pass);
        result.trace.streams.push_back({"", input.ids.size(1), 0, 0, 0});
        result.outputs["last_hidden_state"] = last;
        addOutputs(last, options, result);
        return result;
    }

    at::Tensor vocabularyScores(const at::Tensor& hidden) const override
    {
        return m_maskedLmHead.isDefined() ? m_maskedLmHead.scores(hidden, m_stack.tokens()) : at::Tensor();
    }

    PositionTable positionTable(const TokenStream& stream) const override
    {
        return m_stack.positionTable(stream.tokens());
    }

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        eachWeight(m_stack, visit);
        for (Linear* layer : {&m_pooler, &m_before, &m_classifier, &m_answers, &m_follows}) visitLinear(*layer, visit);
        m_maskedLmHead.visit(visit);
    }
    void packWeights(Precision precision) override { m_stack.pack(precision); }

private:
    void addOutputs(const at::Tensor& last, const ForwardOptions& options, ForwardResult& result) const
    {
        auto& outputs = result.outputs;
        const at::Tensor first = last.select(1, 0); // [CLS]
        const at::Tensor pooled = m_pooler.isDefined() ? at::tanh(m_pooler(first)) : first;
        if (m_pooler.isDefined()) outputs["pooler_output"] = pooled;
        if (m_follows.isDefined()) outputs["seq_relationship_logits"] = m_follows(pooled);
        if (m_answers.isDefined()) {
            const at::Tensor places = m_answers(last); // [B,T,2]
            outputs["start_logits"] = places.select(-1, 0).contiguous();
            outputs["end_logits"] = places.select(-1, 1).contiguous();
        }
        if (m_classifier.isDefined()) {
            at::Tensor features = m_labelsTokens ? last : m_before.isDefined() ? first : pooled;
            if (m_before.isDefined()) {
                features = m_before(features);
                features = m_facts.architecture == "DistilBERT" ? at::relu(features) : at::tanh(features);
            }
            outputs["logits"] = m_classifier(features);
        } else if (m_maskedLmHead.isDefined() && options.vocabularyScores) {
            outputs["logits"] = vocabularyScores(last);
        }
    }

    Stack m_stack;
    ModelFacts m_facts;
    std::string m_className;
    bool m_labelsTokens = false;
    Linear m_pooler, m_before, m_classifier, m_answers, m_follows;
    VocabularyHead m_maskedLmHead;
};

} // namespace

static bool recognisesBert(const Checkpoint& checkpoint)
{
    const std::string type = modelTypeOf(checkpoint);
    const bool ours = type.empty() || type == "bert" || type == "roberta" || type == "xlm-roberta" ||
                      type == "camembert" || type == "distilbert";
    return ours && checkpoint.has("text.embeddings.tokens") && checkpoint.has("text.embeddings.norm.weight") &&
           checkpoint.has("text.layer.0.self.query.weight") && !checkpoint.has("embeddings.modality");
}

static LoadedModel loadBert(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const Kind kind = kindOf(checkpoint);
    ModelFacts facts;
    const StackConfig config = configOf(checkpoint, settings, kind, facts.assumptions);
    facts.architecture = kind == Kind::Bert ? "BERT" : kind == Kind::Roberta ? "RoBERTa" : "DistilBERT";
    facts.patch = facts.channels = 0;
    facts.text = textFactsOf(config);
    facts.labels = labelsOf(checkpoint);
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<Bert>(config, std::move(facts), classNameOf(checkpoint));
    model->load(checkpoint, binder);
    return {std::move(model), {}, binder.unused()};
}

const Architecture architectures::bert{"BERT, RoBERTa and DistilBERT", recognisesBert, loadBert};

} // namespace headlens
