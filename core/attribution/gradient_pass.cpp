// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/gradient_pass.h"

#include "core/base/error.h"
#include "core/session/describe_run.h"
#include "core/session/forward_pass.h"
#include "core/session/memory.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <optional>

namespace headlens {
namespace {

using Question = verbs::ScoreChoice;

// A score as a node of the graph, and what it is called.
struct Explained {
    at::Tensor score;
    verbs::TokenMap said;
};

void requireRange(std::int64_t value, std::int64_t count, const char* what)
{
    if (value < 0 || value >= count)
        throw Error(ErrorCode::BadRequest, what + (" " + std::to_string(value)), "there are " + std::to_string(count));
}

// One of `scores` [n]; -1: the largest.
void choose(Explained& explained, const at::Tensor& scores, int target)
{
    const std::int64_t index = target < 0 ? scores.argmax().item<std::int64_t>() : target;
    requireRange(index, scores.size(0), "class or token id");
    explained.score = scores[index].to(at::kFloat);
    explained.said.target = int(index);
}

// The stream whose tokens predict: what a decoder writes, else the text that is read.
int predictingStream(const Trace& trace)
{
    const auto hit = std::ranges::find(trace.streams, std::string("decoder"), &TokenStream::name);
    return hit == trace.streams.end() ? 0 : int(hit - trace.streams.begin());
}

int usualToken(const verbs::InputInfo& info, const verbs::Stream& stream, bool writes)
{
    if (writes) return int(stream.tokens.size()) - 1;
    const auto& gaps = info.outputs.get<verbs::VocabularyScores>().places;
    if (!gaps.empty()) return gaps.front().token;
    const auto word = std::ranges::find(stream.tokens, false, &verbs::TextToken::special);
    return word == stream.tokens.end() ? 0 : int(word - stream.tokens.begin());
}

Explained similarityOf(const Question& asked, const verbs::InputInfo& info, const ForwardResult& again)
{
    Explained explained;
    explained.score = at::dot(again.outputs.at("image_embeds")[0], again.outputs.at("text_embeds")[0]);
    const verbs::TextScore& text = info.outputs.get<verbs::Similarity>().texts.at(std::size_t(asked.candidate));
    explained.said.stream = 1;
    explained.said.token = -1;
    explained.said.target = asked.candidate;
    explained.said.label = text.text;
    explained.said.score = text.score;
    return explained;
}

Explained spanOf(const Question& asked, const verbs::InputInfo& info, const ForwardResult& again)
{
    const int chosen = std::max(0, asked.target);
    const auto& spans = info.outputs.get<verbs::Spans>().best;
    requireRange(chosen, std::int64_t(spans.size()), "answer");
    const verbs::AnswerSpan& span = spans[std::size_t(chosen)];
    Explained explained;
    explained.score = again.outputs.at("start_logits")[0][span.begin] + again.outputs.at("end_logits")[0][span.end];
    explained.said.token = span.begin;
    explained.said.target = chosen;
    explained.said.label = span.text;
    return explained;
}

bool comparesTexts(const Run& run)
{
    return run.model().facts().text.compares && !run.info.outputs.get<verbs::Similarity>().texts.empty();
}

// Which score of `again` is explained; nothing where the model has none.
std::optional<Explained> explainedOf(const Run& run, const Question& asked, const ForwardResult& again)
{
    const ModelFacts& facts = run.model().facts();
    const verbs::InputInfo& info = run.info;
    const auto& outputs = again.outputs;
    if (comparesTexts(run)) return similarityOf(asked, info, again);
    if (!info.outputs.get<verbs::Spans>().best.empty()) return spanOf(asked, info, again);
    Explained explained;
    const auto logits = outputs.find("logits");
    if (logits != outputs.end() && logits->second.dim() == 2) {
        choose(explained, logits->second[0], asked.target);
        explained.said.token = -1;
        explained.said.label = run.model().loaded.classLabel(explained.said.target);
        return explained;
    }
    const int stream = predictingStream(again.trace);
    if (std::size_t(stream) >= info.streams.size() || info.streams[std::size_t(stream)].tokens.empty()) return {};
    const verbs::Stream& words = info.streams[std::size_t(stream)];
    const int token = asked.token < 0 ? usualToken(info, words, facts.text.writes) : asked.token;
    requireRange(token, std::int64_t(words.tokens.size()), "token");
    explained.said.stream = stream;
    explained.said.token = token;
    if (logits != outputs.end()) { // a class for every token
        choose(explained, logits->second[0][token], asked.target);
        explained.said.label = run.model().loaded.classLabel(explained.said.target);
        return explained;
    }
    const at::Tensor features = again.trace.hidden.at(words.name).back()[0][token];
    const at::Tensor scores = run.model().transformer().vocabularyScores(features);
    if (!scores.defined()) return {};
    choose(explained, scores, asked.target);
    const Tokenizer* tokenizer = run.model().decoderTokenizer();
    explained.said.label =
        tokenizer != nullptr ? tokenizer->piece(explained.said.target) : std::to_string(explained.said.target);
    return explained;
}

void requireMaps(const Run& run)
{
    std::uint64_t pairs = 0; // maps, their gradients, and what softmax keeps
    for (const AttentionRecord& block : run.tensors().result.trace.blocks)
        pairs += std::uint64_t(block.heads() * block.queries() * block.keys());
    requireMemory(pairs * 16, "running the model with gradients");
}

// One line of the input, with the candidate that is explained, as tensors that may take part in a graph.
ModelInput explainedInput(const Run& run, const Question& asked)
{
    ModelInput in = onDevice(run.model(), run.tensors().in);
    const auto& texts = run.info.outputs.get<verbs::Similarity>().texts;
    if (!texts.empty()) {
        requireRange(asked.candidate, std::int64_t(texts.size()), "text");
        for (at::Tensor* lines : {&in.ids, &in.mask})
            if (lines->defined()) *lines = lines->narrow(0, asked.candidate, 1);
    }
    in = firstOfBatch(in);
    for (at::Tensor* t : {&in.pixels, &in.ids, &in.mask, &in.segments, &in.decoderInputIds, &in.decoderInputMask})
        if (t->defined()) *t = t->clone(); // tensors of inference mode take no part in a graph
    return in;
}

} // namespace

std::string refusesGradients(const ModelFacts& model)
{
    const bool windowed =
        std::ranges::any_of(model.blocks, [](const BlockFacts& block) { return block.windowTokens > 0; });
    const bool remembers =
        std::ranges::find(model.blocks, AttentionKind::Memory, &BlockFacts::kind) != model.blocks.end();
    if (windowed || remembers || model.maskRatio > 0 || model.choosesTokens)
        return HEADLENS_TEXT("Methods",
                             "open a ViT, or a model that reads text: windows, memories and blocks that leave "
                             "tokens out are not followed");
    const bool scores =
        std::ranges::any_of(model.outputs, [](verbs::OutputKind kind) { return kind != verbs::OutputKind::Picture; });
    return scores
               ? ""
               : HEADLENS_TEXT("Methods", "open a model with a classifier, one that writes, or one that compares texts "
                                          "with pictures");
}

GradientPass passWithGradients(const Run& run, const verbs::ScoreChoice& asked, const JobControl& control)
{
    requireMaps(run);
    const TransformerModel& model = run.model().transformer();
    GradientPass pass;
    ForwardOptions options = optionsOf(run.request);
    options.maps = &pass.maps;
    options.vocabularyScores = false;
    pass.result = model.run(explainedInput(run, asked), options, control);
    completeStreams(pass.result, model.facts());
    const std::optional<Explained> explained = explainedOf(run, asked, pass.result);
    if (!explained || pass.maps.empty() || pass.maps.size() != pass.result.trace.blocks.size())
        throw Error(ErrorCode::BadRequest, run.modelInfo().name, "has no score whose reasons could be shown here",
                    "open a model with a classifier, one that writes, or one that compares texts with pictures");
    pass.score = explained->score;
    pass.said = explained->said;
    pass.isDualEncoder = comparesTexts(run);
    if (!pass.isDualEncoder) pass.said.score = explained->score.item<double>();
    return pass;
}

} // namespace headlens
