// SPDX-License-Identifier: GPL-3.0-or-later
// BERT, RoBERTa and DistilBERT with every usual head.
#include "core/models/heads/text_heads.h"

#include "core/base/error.h"

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
    Bert(const StackConfig& config, ModelFacts facts, TextHeadsKind heads)
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
        const at::Tensor last =
            m_stack.run(m_stack.embed(input.ids, {.segments = input.segments, .hooks = pass.hooks}), pass);
        result.trace.streams.push_back({"", input.ids.size(1), 0, 0, 0});
        result.outputs["last_hidden_state"] = last;
        m_heads.addOutputs(last, result.outputs);
        if (m_heads.fillsGaps() && options.vocabularyScores && !result.outputs.contains("logits"))
            result.outputs["logits"] = vocabularyScores(last);
        return result;
    }

    at::Tensor vocabularyScores(const at::Tensor& hidden) const override
    {
        return m_heads.vocabularyScores(hidden, m_stack.tokens());
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

static int scoreBert(const Checkpoint& checkpoint)
{
    return checkpoint.has("text.embeddings.tokens") && checkpoint.has("text.embeddings.norm.weight") &&
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
    const TextHeadsKind heads{
        .labelsTokens = classNameOf(checkpoint).ends_with("ForTokenClassification"),
        .reluBeforeClasses = kind == Kind::DistilBert,
        // RoBERTa's head has an activation of its own, whatever config.json says of the blocks.
        .gapActivation = kind == Kind::Roberta ? "gelu" : config.activation,
    };
    auto model = std::make_unique<Bert>(config, std::move(facts), heads);
    model->load(checkpoint, binder);
    return {std::move(model), {}, binder.unused()};
}

const Architecture architectures::bert{
    "BERT, RoBERTa and DistilBERT", {"bert", "roberta", "xlm-roberta", "camembert", "distilbert"}, scoreBert, loadBert};

} // namespace headlens
