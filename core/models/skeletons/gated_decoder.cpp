// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/gated_decoder.h"

#include "core/base/error.h"
#include "core/models/skeletons/cached_decoder.h"
#include "core/nn/mask.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {

GatedDecoder::GatedDecoder(const VitConfig& vision, const PerceiverConfig& resampler, const StackConfig& text,
                           GatedConfig gated, ModelFacts facts)
    : m_facts(std::move(facts)), m_vision(vision), m_resampler(resampler), m_text(text), m_gated(std::move(gated)),
      m_layers(m_gated.before.size())
{
    m_vision.appendFacts(m_facts);
    for (std::int64_t i = 0; i < resampler.layers; ++i)
        m_facts.blocks.push_back({0, int(resampler.heads), int(resampler.width), "resampler", AttentionKind::Cross, 0});
    for (int i = 0; i < int(text.layers); ++i) {
        if (std::ranges::find(m_gated.before, i) != m_gated.before.end())
            m_facts.blocks.push_back({0, int(m_gated.heads), int(text.width), "text", AttentionKind::Cross, 0});
        m_facts.blocks.push_back({0, int(text.heads), int(text.width), "text", AttentionKind::Self, 0});
    }
    m_facts.text.writes = m_facts.packsPictures = true;
    m_facts.outputs.push_back(verbs::OutputKind::VocabularyScores);
    for (Layer& layer : m_layers)
        for (LayerNorm* norm : {&layer.norm, &layer.mlpNorm, &layer.attention.queryNorm, &layer.attention.keyNorm}) {
            norm->eps = m_gated.eps;
            norm->rms = m_gated.rmsNorm;
        }
}

void GatedDecoder::visitLayer(Layer& layer, const Weights& weights)
{
    const std::int64_t d = m_text.config().width, inner = m_gated.heads * m_gated.headWidth,
                       seen = m_resampler.config().width;
    weights.norm("norm", layer.norm, d, !m_gated.rmsNorm);
    weights.linear("query", layer.attention.query, inner, d, false);
    weights.linear("key", layer.attention.key, inner, seen, false);
    weights.linear("value", layer.attention.value, inner, seen, false);
    weights.linear("output", layer.attention.output, d, inner, false);
    if (m_gated.headNorms) {
        weights("query_norm.weight", layer.attention.queryNorm.weight, {m_gated.headWidth});
        weights("key_norm.weight", layer.attention.keyNorm.weight, {m_gated.headWidth});
    }
    weights.norm("mlp_norm", layer.mlpNorm, d, !m_gated.rmsNorm);
    weights.linear("up", layer.mlp.up, m_gated.mlpWidth, d, false);
    if (m_gated.gatedMlp) weights.linear("gate", layer.mlp.gate, m_gated.mlpWidth, d, false);
    weights.linear("down", layer.mlp.down, d, m_gated.mlpWidth, false);
    weights("attention_gate", layer.attentionGate, {m_gated.gateWidth});
    weights("mlp_gate", layer.mlpGate, {m_gated.gateWidth});
}

void GatedDecoder::load(const Sources& sources)
{
    m_vision.load(sources.vision, sources.visionWeights);
    const Weights trained([&](const std::string& name, at::Tensor& weight, const Shape& shape) {
        weight = sources.trained.take(name, shape);
    });
    m_resampler.visit(trained.in("resampler"));
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const int number = sources.numbersByLayer ? m_gated.before[i] : int(i);
        visitLayer(m_layers[i], trained.in("gated.layer." + std::to_string(number)));
    }
    headlens::load(m_text, sources.text);
    m_head.load(sources.trained, m_text.config());
}

at::Tensor GatedDecoder::seesOf(const ModelInput& input, std::int64_t pictures) const
{
    if (const auto told = input.more.find("image_attention_mask"); told != input.more.end()) {
        const at::Tensor& mask = told->second;
        if (mask.dim() != 3 || mask.size(1) != input.ids.size(1) || mask.size(2) != pictures)
            throw Error(ErrorCode::BadRequest, "image_attention_mask",
                        "needs the shape [batch, tokens, " + std::to_string(pictures) + "]");
        return mask.to(m_text.tokenTable().device()) != 0;
    }
    // The last one that was named, at or before the token.
    const at::Tensor named = (input.ids == m_gated.imageToken).to(at::kLong).cumsum(1);
    return named.unsqueeze(-1) == at::arange(1, pictures + 1, named.options());
}

GatedDecoder::Heard GatedDecoder::hear(const ModelInput& input, const ForwardOptions& options,
                                       const JobControl& control, ForwardResult& result) const
{
    if (!input.pixels.defined())
        throw Error(ErrorCode::BadRequest, m_facts.architecture, "looks at pictures and none was given",
                    "give it a picture");
    const at::Tensor& given = input.pixels; // [..,C,H,W]
    const at::Tensor pixels = given.reshape({-1, given.size(-3), given.size(-2), given.size(-1)});
    const SeenPicture seen = m_vision.see(pixels, options, control, result);
    const std::int64_t prefix = m_vision.encoder().config().prefixTokens(), texts = input.ids.size(0);
    const at::Tensor tokens = m_gated.readsPrefix ? seen.last : seen.last.slice(1, prefix);
    Pass pass(options, &result.trace, &control, int(m_facts.blocks.size()));
    pass.firstBlock = m_vision.encoder().blocks();
    pass.stream = int(result.trace.streams.size());
    const std::int64_t latents = m_resampler.config().latents, pictures = pixels.size(0);
    if (pictures % texts != 0)
        throw Error(ErrorCode::BadRequest, "pictures",
                    std::to_string(pictures) + " cannot be shared out among " + std::to_string(texts) + " texts");
    result.trace.streams.push_back({"latents", 0, latents * (pictures / texts), 0, 0});
    result.trace.streams.push_back({"what latents read", 0, tokens.size(1) + latents, 0, 0});
    const at::Tensor found = m_resampler(tokens, pass, pass.stream + 1);
    result.outputs["vision.last_hidden_state"] = seen.last;
    result.outputs["image_features"] = found;
    return {found.reshape({texts, pictures / texts * latents, -1}), seesOf(input, pictures / texts), pass.stream};
}

at::Tensor GatedDecoder::bridged(std::size_t number, const at::Tensor& x, const Heard& heard, const StackPass& pass,
                                 int block) const
{
    const Layer& layer = m_layers[number];
    const at::Tensor allowed = heard.sees.repeat_interleave(m_resampler.config().latents, -1); // [B,T,P*R]
    const at::Tensor valid = heard.sees.any(-1);                                               // [B,T]
    AttentionCall call;
    call.x = layer.norm(x, layer.attention.query);
    call.source = layer.attention.value.operand(heard.latents);
    call.heads = m_gated.heads;
    call.block = block;
    call.record.scale = -1;
    call.record.mask = forbidding(allowed).unsqueeze(1);
    call.record.rowValid = valid;
    call.record.kind = AttentionKind::Cross;
    call.record.tower = pass.tower;
    call.record.queryStream = pass.stream;
    call.record.keyStream = heard.stream;
    const at::Tensor mixed = attended(layer.attention, std::move(call), pass);
    // The softmax of nothing but forbidden keys would be uniform: who sees no picture hears nothing.
    const at::Tensor heardOf = layer.attention.output(mixed) * valid.unsqueeze(-1).to(x.scalar_type());
    const at::Tensor y = x + at::tanh(layer.attentionGate) * heardOf;
    const at::Tensor inner = layer.mlp.inner(layer.mlpNorm(y, layer.mlp.up), m_gated.activation);
    return y + at::tanh(layer.mlpGate) * layer.mlp.down(inner);
}

void GatedDecoder::bridge(StackPass& pass, const Heard& heard) const
{
    pass.extraBlocks.assign(std::size_t(m_text.config().layers), 0);
    for (const int layer : m_gated.before) pass.extraBlocks.at(std::size_t(layer)) = 1;
    pass.before = [this, heard, &pass](int layer, int block, const at::Tensor& x) {
        const auto found = std::ranges::find(m_gated.before, layer);
        if (found == m_gated.before.end()) return x;
        return bridged(std::size_t(found - m_gated.before.begin()), x, heard, pass, block);
    };
}

void GatedDecoder::leaveGates(const Heard& heard, ForwardResult& result) const
{
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const std::string name = "text.cross_gates." + std::to_string(i);
        result.outputs[name + ".attention"] = at::tanh(m_layers[i].attentionGate);
        result.outputs[name + ".mlp"] = at::tanh(m_layers[i].mlpGate);
    }
    result.outputs["text.cross_attention_gate"] = heard.sees.any(-1).to(at::kFloat);
}

ForwardResult GatedDecoder::run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const
{
    if (!input.ids.defined()) throw Error(ErrorCode::BadRequest, m_facts.architecture, "reads text and none was given");
    ForwardResult result;
    const Heard heard = hear(input, options, control, result);
    StackPass pass = passOf(options, control, int(m_facts.blocks.size()), result);
    pass.mask = input.mask;
    pass.tower = "text";
    pass.stream = int(result.trace.streams.size());
    pass.firstBlock = m_vision.encoder().blocks() + int(m_resampler.config().layers);
    result.trace.streams.push_back({"text", input.ids.size(1), 0, 0, 0});
    bridge(pass, heard);
    const at::Tensor normed = m_text.finalNorm(m_text.run(m_text.embed(input.ids, {.hooks = options.hooks}), pass));
    result.outputs["text.last_hidden_state"] = normed;
    if (options.vocabularyScores) result.outputs["logits"] = m_head(m_text, normed);
    leaveGates(heard, result);
    return result;
}

at::Tensor GatedDecoder::finalNorm(const at::Tensor& hidden) const
{
    return isText(hidden) ? m_text.finalNorm(hidden) : hidden;
}

at::Tensor GatedDecoder::vocabularyScores(const at::Tensor& hidden) const
{
    return isText(hidden) ? m_head(m_text, m_text.finalNorm(hidden)) : at::Tensor();
}

PositionTable GatedDecoder::positionTable(const TokenStream& stream) const
{
    if (stream.gridHeight > 0) return m_vision.positionTable(stream);
    return stream.name == "text" ? m_text.positionTable(stream.tokens()) : PositionTable{};
}

// The pictures are looked at once; what is written sees what the last token of the text saw.
std::unique_ptr<Writer> GatedDecoder::startGeneration(const ModelInput& input, const ForwardOptions& options) const
{
    ForwardResult unused;
    ForwardOptions looking = options;
    looking.keep = {.attention = false, .hidden = false};
    DecoderStart start;
    start.mask = input.mask;
    start.ablated = options.ablated;
    start.firstBlock = m_vision.encoder().blocks() + int(m_resampler.config().layers);
    start.prepare = [this, all = hear(input, looking, {}, unused)](StackPass& pass, const at::Tensor& ids,
                                                                   std::int64_t from) {
        Heard heard = all;
        heard.latents = all.latents.expand({ids.size(0), -1, -1});
        const at::Tensor sees = from == 0 ? all.sees : all.sees.slice(1, all.sees.size(1) - 1);
        heard.sees = sees.expand({ids.size(0), ids.size(1), -1});
        bridge(pass, heard);
    };
    return std::make_unique<CachedDecoder>(
        m_text, [this](const at::Tensor& x) { return vocabularyScores(x); }, std::move(start));
}

void GatedDecoder::eachParameter(const std::function<void(at::Tensor&)>& visit)
{
    const Weights each([&](const std::string&, at::Tensor& weight, const Shape&) {
        if (weight.defined()) visit(weight);
    });
    m_vision.visit(visit);
    m_resampler.visit(each);
    for (Layer& layer : m_layers) visitLayer(layer, each);
    eachWeight(m_text, visit);
    m_head.visit(visit);
}

void GatedDecoder::packWeights(Precision precision)
{
    m_vision.pack(precision);
    m_resampler.pack(precision);
    m_text.pack(precision);
    for (Layer& layer : m_layers) {
        layer.attention.pack(precision);
        layer.mlp.pack(precision);
    }
}

} // namespace headlens
