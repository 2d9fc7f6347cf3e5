// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/encoder_decoder.h"

#include "core/base/error.h"
#include "core/models/skeletons/cached_decoder.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens {

EncoderDecoder::EncoderDecoder(const EncoderDecoderConfig& config, ModelFacts facts)
    : m_config(config), m_facts(std::move(facts)), m_encoder(config.encoder), m_decoder(config.decoder)
{
    m_encoder.appendFacts(m_facts, "encoder");
    if (!config.encoderOnly) m_decoder.appendFacts(m_facts, "decoder");
    if (config.encoder.positionKind != TextPositions::Relative) m_facts.switches.push_back(Stack::positionSwitch());
    if (!config.encoderOnly) m_facts.switches.push_back({"cross", "Cross attention", {"on", "off"}, 0, 0, "on"});
}

bool EncoderDecoder::isPositioned(const ForwardOptions& options) const
{
    return m_config.encoder.positionKind == TextPositions::Relative ||
           switchValue(m_facts.switches, options.switches, "positions") == "on";
}

std::vector<HeadAddress> EncoderDecoder::ablatedBy(const ForwardOptions& options) const
{
    std::vector<HeadAddress> ablated = options.ablated;
    if (m_config.encoderOnly || switchValue(m_facts.switches, options.switches, "cross") == "on") return ablated;
    for (int block = 0; block < int(m_facts.blocks.size()); ++block)
        if (m_facts.blocks[std::size_t(block)].kind == AttentionKind::Cross)
            for (int head = 0; head < int(m_config.decoder.heads); ++head) ablated.push_back({block, head});
    return ablated;
}

void EncoderDecoder::load(const Checkpoint& checkpoint, WeightBinder& binder)
{
    const std::vector<std::int64_t> shape{m_config.encoder.vocabulary, m_config.encoder.width};
    const std::string table = firstOf(
        checkpoint, {"shared.weight", "encoder.embeddings.tokens", "decoder.embeddings.tokens", "lm_head.weight"});
    m_encoder.ownTokens(false);
    m_decoder.ownTokens(false);
    m_encoder.setTokens(binder.take(table.empty() ? "shared.weight" : table, shape));
    headlens::load(m_encoder, binder);
    if (!m_config.encoderOnly) {
        const bool same = checkpoint.has("shared.weight") || !checkpoint.has("decoder.embeddings.tokens");
        m_decoder.setTokens(
            same ? m_encoder.tokens()
                 : binder.take("decoder.embeddings.tokens", {m_config.decoder.vocabulary, m_config.decoder.width}));
        headlens::load(m_decoder, binder);
        m_head = binder.takeOptional("lm_head.weight", {m_config.decoder.vocabulary, m_config.decoder.width});
        m_headBias = binder.takeOptional("final_logits_bias", {1, m_config.decoder.vocabulary});
    }
    for (const char* copy : {"encoder.embeddings.tokens", "decoder.embeddings.tokens"})
        if (checkpoint.has("shared.weight")) binder.takeOptional(copy, shape); // the same values again
    binder.finish();
}

void EncoderDecoder::shareTokens(const at::Tensor& tokens)
{
    m_encoder.ownTokens(false);
    m_decoder.ownTokens(false);
    m_encoder.setTokens(tokens);
    m_decoder.setTokens(tokens);
}

at::Tensor EncoderDecoder::scoresOf(const at::Tensor& normed) const
{
    const at::Tensor scaled = m_config.scalesLogits ? normed / std::sqrt(double(m_config.decoder.width)) : normed;
    const at::Tensor scores = Linear{head(), {}}(scaled);
    return m_headBias.defined() ? scores + m_headBias.view({-1}) : scores;
}

at::Tensor EncoderDecoder::vocabularyScores(const at::Tensor& hidden) const
{
    if (m_config.encoderOnly || hidden.size(-1) != m_config.decoder.width) return {};
    return scoresOf(m_decoder.finalNorm(hidden));
}

ForwardResult EncoderDecoder::run(const ModelInput& input, const ForwardOptions& options,
                                  const JobControl& control) const
{
    ForwardResult result;
    const int total = m_encoder.blocks() + (m_config.encoderOnly ? 0 : m_decoder.blocks());
    StackPass pass = passOf(options, control, total, result);
    pass.mask = input.mask;
    pass.tower = "encoder";
    pass.ablated = ablatedBy(options);
    const Stack::Embedding embedding{.positioned = isPositioned(options), .hooks = options.hooks};
    const at::Tensor read = m_encoder.finalNorm(m_encoder.run(m_encoder.embed(input.ids, embedding), pass));
    result.trace.streams.push_back({"encoder", input.ids.size(1), 0, 0, 0});
    result.outputs["encoder.last_hidden_state"] = read;
    if (m_config.encoderOnly || !input.decoderInputIds.defined()) return result;
    pass.memory = read;
    pass.memoryMask = input.mask;
    pass.mask = input.decoderInputMask;
    pass.tower = "decoder";
    pass.stream = 1;
    pass.firstBlock = m_encoder.blocks();
    const at::Tensor written = m_decoder.finalNorm(
        m_decoder.run(m_decoder.embed(input.decoderInputIds, {.positioned = embedding.positioned}), pass));
    result.trace.streams.push_back({"decoder", input.decoderInputIds.size(1), 0, 0, 0});
    result.outputs["decoder.last_hidden_state"] = written;
    if (options.vocabularyScores) result.outputs["logits"] = scoresOf(written);
    return result;
}

at::Tensor EncoderDecoder::scores(const ModelInput& input) const
{
    ForwardOptions options;
    options.keep = {false, false};
    return run(input, options, {}).outputs.at("logits");
}

std::unique_ptr<Writer> EncoderDecoder::startGeneration(const ModelInput& input, const ForwardOptions& options) const
{
    if (m_config.encoderOnly) return nullptr;
    StackPass pass;
    pass.mask = input.mask;
    pass.ablated = ablatedBy(options);
    DecoderStart start;
    start.positioned = isPositioned(options);
    start.memory =
        m_encoder.finalNorm(m_encoder.run(m_encoder.embed(input.ids, {.positioned = start.positioned}), pass));
    start.memoryMask = input.mask;
    start.mask = input.decoderInputMask;
    start.ablated = pass.ablated;
    start.firstBlock = m_encoder.blocks();
    return std::make_unique<CachedDecoder>(
        m_decoder, [this](const at::Tensor& x) { return vocabularyScores(x); }, std::move(start));
}

void EncoderDecoder::eachParameter(const std::function<void(at::Tensor&)>& visit)
{
    const bool shared = m_decoder.tokens().defined() && m_encoder.tokens().is_same(m_decoder.tokens());
    at::Tensor tokens = m_encoder.tokens();
    visit(tokens);
    m_encoder.setTokens(tokens);
    if (!shared && m_decoder.tokens().defined()) {
        tokens = m_decoder.tokens();
        visit(tokens);
    }
    if (m_decoder.tokens().defined()) m_decoder.setTokens(tokens);
    eachWeight(m_encoder, visit);
    if (!m_config.encoderOnly) eachWeight(m_decoder, visit);
    for (at::Tensor* weight : {&m_head, &m_headBias})
        if (weight->defined()) visit(*weight);
}

void EncoderDecoder::packWeights(Precision precision)
{
    m_encoder.pack(precision);
    if (!m_config.encoderOnly) m_decoder.pack(precision);
}

LoadedModel loadEncoderDecoder(const EncoderDecoderConfig& config, ModelFacts facts, const Checkpoint& checkpoint,
                               const ModelSettings& settings)
{
    const StackReader reader(checkpoint, settings);
    facts.patch = facts.channels = 0;
    const TextFacts family = std::move(facts.text); // start, end and what is never written
    facts.text = textFactsOf(config.encoder);
    facts.text.neverWritten = family.neverWritten;
    if (!config.encoderOnly &&
        (config.decoder.width != config.encoder.width || config.decoder.crossWidth != config.encoder.width))
        throw Error(ErrorCode::BadWeights, checkpoint.path(), "has a decoder of another width than its encoder");
    facts.text.writes = facts.text.isEncoderDecoder = !config.encoderOnly;
    if (!config.encoderOnly) {
        facts.outputs.push_back(verbs::OutputKind::VocabularyScores);
        facts.text.longestWritten =
            config.decoder.positionKind == TextPositions::Relative ? 0 : int(config.decoder.positions);
        facts.text.startToken = int(reader.token("decoder_start_token_id", family.startToken));
        facts.text.endToken = int(reader.token("eos_token_id", family.endToken));
    }
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<EncoderDecoder>(config, std::move(facts));
    model->load(checkpoint, binder);
    return {std::move(model), {}, binder.unused()};
}

} // namespace headlens
