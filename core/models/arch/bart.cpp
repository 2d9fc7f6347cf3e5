// SPDX-License-Identifier: GPL-3.0-or-later
// BART and Marian; their relatives with the norm in front (mBART, Pegasus) are told apart.
#include "core/models/skeletons/encoder_decoder.h"

#include "core/base/error.h"

#include <cmath>

namespace headlens {
namespace {

StackConfig stackOf(const StackReader& reader, const std::string& name, bool marian, const Checkpoint& checkpoint,
                    const ModelSettings& settings, std::vector<std::string>& assumptions)
{
    const JsonFields& fields = reader.fields();
    StackConfig config = reader.outline(name, "d_model", (name + "_layers").c_str());
    reader.settleHeads(config, (name + "_attention_heads").c_str(),
                       name == "encoder" ? "num_heads" : "decoder_num_heads", 16, assumptions);
    config.eps = epsOf(settings, 1e-5);
    reader.settleActivation(config, fields.text("activation_function", marian ? "swish" : "gelu"), assumptions);
    config.causal = name == "decoder";
    config.padToken = reader.token("pad_token_id", marian ? 58'100 : 1);
    if (fields.flag("scale_embedding", marian && reader.silent()))
        config.embeddingScale = std::sqrt(double(config.width));
    if (!marian) config.positionOffset = 2;
    if (checkpoint.has(name + ".embeddings.positions")) {
        config.positions -= config.positionOffset;
    } else {
        if (!marian) throw Error(ErrorCode::BadWeights, checkpoint.path(), "lacks the position table of its " + name);
        config.positions = fields.integer("max_position_embeddings", 1024, 1, 1'048'576);
        config.positionKind = TextPositions::Computed;
    }
    validate(config, checkpoint.path());
    return config;
}

} // namespace

static int scoreBart(const Checkpoint& checkpoint)
{
    return checkpoint.has("encoder.layer.0.self.key.weight") && checkpoint.has("decoder.layer.0.cross.key.weight") &&
           !checkpoint.has("encoder.layer.0.self.distances");
}

static LoadedModel loadBart(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const std::string type = modelTypeOf(checkpoint);
    const StackReader reader(checkpoint, settings);
    const bool before = type == "mbart" || type == "pegasus" || reader.fields().flag("normalize_before", false) ||
                        checkpoint.has("encoder.layer_norm.weight");
    if (before)
        throw Error(ErrorCode::UnsupportedModel, checkpoint.path(),
                    "is a relative of BART with its norms in front (mBART, Pegasus), which this version cannot run",
                    "use a BART or Marian model");
    const bool marian = type.empty() ? !checkpoint.has("encoder.embeddings.norm.weight") : type == "marian";
    ModelFacts facts;
    EncoderDecoderConfig config;
    config.encoder = stackOf(reader, "encoder", marian, checkpoint, settings, facts.assumptions);
    config.decoder = stackOf(reader, "decoder", marian, checkpoint, settings, facts.assumptions);
    const std::string table = firstOf(
        checkpoint, {"shared.weight", "encoder.embeddings.tokens", "decoder.embeddings.tokens", "lm_head.weight"});
    config.encoder.vocabulary = config.decoder.vocabulary =
        extentOf(checkpoint, table.empty() ? "shared.weight" : table, 0);
    if (!checkpoint.has("shared.weight") && checkpoint.has("decoder.embeddings.tokens")) // Marian with two vocabularies
        config.decoder.vocabulary = extentOf(checkpoint, "decoder.embeddings.tokens", 0);
    facts.architecture = marian ? "Marian" : "BART";
    facts.text.startToken = marian ? int(config.decoder.padToken) : 2;
    facts.text.endToken = marian ? 0 : 2;
    if (marian) facts.text.neverWritten = {int(config.decoder.padToken)};
    return loadEncoderDecoder(config, std::move(facts), checkpoint, settings);
}

const Architecture architectures::bart{"BART and Marian", {"bart", "marian", "mbart", "pegasus"}, scoreBart, loadBart};

} // namespace headlens
