// SPDX-License-Identifier: GPL-3.0-or-later
// BERT, RoBERTa and DistilBERT with every usual head.
#include "core/base/error.h"
#include "core/models/skeletons/encoder_text.h"

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
    const TextHeadsKind heads{
        .labelsTokens = classNameOf(checkpoint).ends_with("ForTokenClassification"),
        .reluBeforeClasses = kind == Kind::DistilBert,
        // RoBERTa's head has an activation of its own, whatever config.json says of the blocks.
        .gapActivation = kind == Kind::Roberta ? "gelu" : config.activation,
    };
    return loadEncoderText(config, std::move(facts), heads, checkpoint, settings);
}

const Architecture architectures::bert{
    "BERT, RoBERTa and DistilBERT", {"bert", "roberta", "xlm-roberta", "camembert", "distilbert"}, scoreBert, loadBert};

} // namespace headlens
