// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/zoo/vision_language_config.h"

#include "core/base/error.h"

namespace headlens {
namespace {

Json sectionOf(const Checkpoint& checkpoint, const char* name)
{
    const Json& json = *checkpoint.config();
    if (!json.contains(name) || !json[name].is_object())
        throw Error(ErrorCode::BadConfig, checkpoint.path() + "/config.json", std::string("lacks ") + name);
    return json[name];
}

} // namespace

VisionLanguageConfig readVisionLanguageConfig(const Checkpoint& checkpoint, const ModelSettings& settings,
                                              std::vector<std::string>& assumptions)
{
    const std::string subject = checkpoint.path() + "/config.json";
    VisionLanguageConfig config;
    config.vision = parseVitConfig(sectionOf(checkpoint, "vision_config"), subject);
    config.vision.prefix.clear();
    config.vision.positionedPrefix = 0;
    const StackReader reader(checkpoint, settings, "text_config");
    config.text = reader.outline("text");
    reader.settleHeads(config.text, "num_attention_heads", "text.num_heads", 4, assumptions);
    config.text.normFirst = config.text.causal = true;
    config.text.eps = JsonFields(*checkpoint.config(), subject).real("layer_norm_eps", 1e-5, 0, 1);
    config.text.activation = "gelu";
    validate(config.text, subject);
    return config;
}

void describe(const VisionLanguageConfig& config, const JsonFields& fields, ModelFacts& facts)
{
    facts.patch = int(config.vision.patch);
    facts.imageHeight = int(config.vision.imageHeight);
    facts.imageWidth = int(config.vision.imageWidth);
    facts.text = textFactsOf(config.text);
    facts.text.writes = true;
    facts.outputs = {verbs::OutputKind::VocabularyScores};
    facts.text.endToken = int(fields.integer("eos_token_id", -1, -1, 16'777'216));
}

} // namespace headlens
