// SPDX-License-Identifier: GPL-3.0-or-later
// T5 v1.0, v1.1 and flan, whole or the encoder alone.
#include "core/models/skeletons/encoder_decoder.h"

namespace headlens {
namespace {

// "relu", "gated-gelu", "gated-silu": what follows the dash is the activation; T5's gelu is the tanh form.
std::string activationOf(const JsonFields& fields, bool gated)
{
    const std::string projection = fields.text("feed_forward_proj", gated ? "gated-gelu" : "relu");
    const std::string name = projection.starts_with("gated-") ? projection.substr(6) : projection;
    if (name == "gelu") return "gelu_new";
    return name;
}

StackConfig stackOf(const StackReader& reader, const std::string& name, const ModelSettings& settings,
                    const std::string& subject, std::vector<std::string>& assumptions)
{
    const bool decoder = name == "decoder";
    const JsonFields& fields = reader.fields();
    const bool layered = decoder && fields.present("num_decoder_layers");
    StackConfig config = reader.outline(name, "d_model", layered ? "num_decoder_layers" : "num_layers");
    reader.settleHeads(config, "num_heads", "num_heads", 8, assumptions);
    config.rmsNorm = config.normFirst = config.finalNorm = true;
    config.scaled = false;
    config.causal = decoder;
    config.positionKind = TextPositions::Relative;
    config.farthest = fields.integer("relative_attention_max_distance", 128, 1, 1'000'000);
    config.eps = epsOf(settings, fields.real("layer_norm_epsilon", 1e-6, 0, 1));
    reader.settleActivation(config, activationOf(fields, config.gated), assumptions);
    config.padToken = reader.token("pad_token_id", 0);
    validate(config, subject);
    return config;
}

} // namespace

static int scoreT5(const Checkpoint& checkpoint)
{
    return checkpoint.has("encoder.layer.0.self.distances") ? 2 : 0;
}

static LoadedModel loadT5(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const StackReader reader(checkpoint, settings);
    ModelFacts facts;
    EncoderDecoderConfig config;
    const std::string table = firstOf(
        checkpoint, {"shared.weight", "encoder.embeddings.tokens", "decoder.embeddings.tokens", "lm_head.weight"});
    const std::int64_t vocabulary = extentOf(checkpoint, table.empty() ? "shared.weight" : table, 0);
    // Nothing but the table of distances says how many heads there are without config.json.
    ModelSettings known = settings;
    if (reader.silent())
        known.try_emplace("num_heads", std::to_string(extentOf(checkpoint, "encoder.layer.0.self.distances", 1)));
    const StackReader informed(checkpoint, known);
    config.encoder = stackOf(informed, "encoder", settings, checkpoint.path(), facts.assumptions);
    config.encoderOnly = !checkpoint.has("decoder.layer.0.self.query.weight");
    if (!config.encoderOnly)
        config.decoder = stackOf(informed, "decoder", settings, checkpoint.path(), facts.assumptions);
    config.encoder.vocabulary = config.decoder.vocabulary = vocabulary;
    // The class shares its tables unless told otherwise; v1.1 (gated) never does. transformers 5 says the scale apart.
    const bool shares = !reader.silent() || !checkpoint.has("lm_head.weight") || !config.encoder.gated;
    config.scalesLogits =
        reader.fields().flag("scale_decoder_outputs", reader.fields().flag("tie_word_embeddings", shares));
    facts.text.startToken = 0;
    facts.text.endToken = 1;
    facts.architecture = config.encoderOnly ? "T5 encoder" : "T5";
    return loadEncoderDecoder(config, std::move(facts), checkpoint, settings);
}

const Architecture architectures::t5{"T5", {}, scoreT5, loadT5};

} // namespace headlens
