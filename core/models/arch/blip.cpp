// SPDX-License-Identifier: GPL-3.0-or-later
// BLIP: words that read a picture through cross attention. Matching and retrieval, captions, answers to questions.
#include "core/models/skeletons/seeing_text.h"

#include "core/base/error.h"

namespace headlens {
namespace {

StackConfig textConfigOf(const StackReader& reader, const std::string& name, const Checkpoint& checkpoint,
                         const ModelSettings& settings, std::vector<std::string>& assumptions)
{
    StackConfig config = reader.outline(name);
    reader.settleHeads(config, "num_attention_heads", "text.num_heads", 8, assumptions);
    config.eps = epsOf(settings, reader.fields().real("layer_norm_eps", 1e-12, 0, 1));
    reader.settleActivation(config, reader.fields().text("hidden_act", "gelu"), assumptions);
    config.causal = name == "decoder";
    config.padToken = std::max<std::int64_t>(0, reader.token("pad_token_id", 0));
    validate(config, checkpoint.path());
    return config;
}

} // namespace

static int scoreBlip(const Checkpoint& checkpoint)
{
    return checkpoint.has("vision.encoder.layer.0.attention.attention.query.weight") &&
           (checkpoint.has("text.layer.0.cross.query.weight") || checkpoint.has("decoder.layer.0.cross.query.weight"));
}

static LoadedModel loadBlip(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    ModelFacts facts;
    const VitConfig vision = visionTowerConfig(checkpoint, settings, {"gelu", 1e-5, 12}, facts.assumptions);
    const StackReader reader(checkpoint, settings, "text_config");
    std::optional<StackConfig> text, decoder;
    if (checkpoint.has("text.layer.0.self.query.weight"))
        text = textConfigOf(reader, "text", checkpoint, settings, facts.assumptions);
    if (checkpoint.has("decoder.layer.0.self.query.weight"))
        decoder = textConfigOf(reader, "decoder", checkpoint, settings, facts.assumptions);
    const std::int64_t read = text ? text->width : vision.width;
    if ((text && text->crossWidth != vision.width) || (decoder && decoder->crossWidth != read))
        throw Error(ErrorCode::BadWeights, checkpoint.path(), "has towers whose widths do not fit each other");
    const PreprocessPlan plan = planFor(checkpoint, int(vision.imageHeight), int(vision.imageWidth), facts.assumptions);
    facts.architecture = !decoder ? "BLIP (matching)" : text ? "BLIP (answers)" : "BLIP (captions)";
    facts.text = textFactsOf(text ? *text : *decoder);
    if (decoder) {
        facts.outputs.push_back(verbs::OutputKind::VocabularyScores);
        facts.text.writes = facts.text.bosReplacesCls = true;
        facts.text.isEncoderDecoder = text.has_value();
        facts.text.longestWritten = int(decoder->positions);
        facts.text.startToken = int(reader.token("bos_token_id", 30'522));
        facts.text.endToken = int(reader.token("sep_token_id", 102));
    }
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<SeeingText>(vision, text, decoder, std::move(facts));
    model->load(checkpoint, binder);
    return {std::move(model), plan, binder.unused()};
}

const Architecture architectures::blip{"BLIP", {}, scoreBlip, loadBlip};

} // namespace headlens
