// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/scored_model.h"

#include "core/base/error.h"
#include "core/session/describe_run.h"
#include "core/session/forward_pass.h"
#include "core/session/memory.h"
#include "core/session/run_changes.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace headlens {
namespace {

// A score of any result, and what it is called in this one.
struct Explained {
    ScoreOf of;
    verbs::TokenMap said;
};

// What is needed to settle one.
struct Asked {
    const Run& run;
    const verbs::ScoreChoice& choice;
    const ForwardResult& result; // of the run
};

void requireRange(std::int64_t value, std::int64_t count, const char* what)
{
    if (value < 0 || value >= count)
        throw Error(ErrorCode::BadRequest, what + (" " + std::to_string(value)), "there are " + std::to_string(count));
}

// One of many scores, or its lead over another one: of [B,n] the column that is asked for.
struct Column {
    std::int64_t target, against; // against -1: nothing
    at::Tensor of(const at::Tensor& scores) const
    {
        const at::Tensor one = scores.select(1, target);
        return wide(against < 0 ? one : one - scores.select(1, against));
    }
    static at::Tensor wide(const at::Tensor& t) { return t.scalar_type() == at::kDouble ? t : t.to(at::kFloat); }
};

// Of `scores` [n] of the unchanged run; -1: the largest.
Column columnOf(const verbs::ScoreChoice& asked, const at::Tensor& scores)
{
    const std::int64_t target = asked.target < 0 ? scores.argmax().item<std::int64_t>() : asked.target;
    requireRange(target, scores.size(0), "class or token id");
    if (asked.against >= 0) requireRange(asked.against, scores.size(0), "class or token id");
    return {target, asked.against};
}

// The stream whose tokens predict: what a decoder writes, else the text that is read.
int predictingStream(const Trace& trace)
{
    auto hit = std::ranges::find(trace.streams, std::string("decoder"), &TokenStream::name);
    if (hit == trace.streams.end()) // a tower that looks at a picture may stand before it
        hit = std::ranges::find_if(trace.streams, [](const TokenStream& one) { return one.text > 0; });
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

std::string between(const std::string& one, const std::string& other)
{
    return other.empty() ? one : one + " \u2212 " + other;
}

Explained classOf(const Asked& asked)
{
    const Column column = columnOf(asked.choice, asked.result.outputs.at("logits")[0]);
    const auto& names = asked.run.model().loaded;
    Explained explained;
    explained.of = [column](const ForwardResult& result) { return column.of(result.outputs.at("logits")); };
    explained.said.token = -1;
    explained.said.target = int(column.target);
    explained.said.label =
        between(names.classLabel(column.target), column.against < 0 ? "" : names.classLabel(column.against));
    return explained;
}

int candidateOf(const verbs::ScoreChoice& choice)
{
    return choice.target >= 0 ? choice.target : choice.candidate;
}

// logits_per_image[0,text]: of the text that is asked for, which is alone in the input.
Explained similarityOf(const Asked& asked)
{
    const auto& texts = asked.run.info.outputs.get<verbs::Similarity>().texts;
    const int text = candidateOf(asked.choice);
    Explained explained;
    explained.of = [](const ForwardResult& result) {
        return Column::wide(result.outputs.at("logits_per_image").diagonal()); // one picture a text
    };
    explained.said.stream = 1;
    explained.said.token = -1;
    explained.said.target = text;
    if (std::size_t(text) < texts.size()) explained.said.label = texts[std::size_t(text)].text;
    return explained;
}

Explained spanOf(const Asked& asked)
{
    const int chosen = std::max(0, asked.choice.target);
    const auto& spans = asked.run.info.outputs.get<verbs::Spans>().best;
    requireRange(chosen, std::int64_t(spans.size()), "answer");
    const verbs::AnswerSpan span = spans[std::size_t(chosen)];
    Explained explained;
    explained.of = [begin = span.begin, end = span.end](const ForwardResult& result) {
        return Column::wide(result.outputs.at("start_logits").select(1, begin) +
                            result.outputs.at("end_logits").select(1, end));
    };
    explained.said.token = span.begin;
    explained.said.target = chosen;
    explained.said.label = span.text;
    return explained;
}

// A word of the vocabulary at one token, or a class of it.
std::optional<Explained> tokenOf(const Asked& asked)
{
    const int stream = predictingStream(asked.result.trace);
    const verbs::InputInfo& info = asked.run.info;
    if (std::size_t(stream) >= info.streams.size() || info.streams[std::size_t(stream)].tokens.empty()) return {};
    const verbs::Stream& words = info.streams[std::size_t(stream)];
    const OpenedModel& model = asked.run.model();
    const int token = asked.choice.token < 0 ? usualToken(info, words, model.facts().text.writes) : asked.choice.token;
    requireRange(token, std::int64_t(words.tokens.size()), "token");
    const auto logits = asked.result.outputs.find("logits");
    const bool tagged = logits != asked.result.outputs.end(); // a class for every token
    const auto scoresIn = [&model, tagged, token, tower = words.name](const ForwardResult& result) {
        return tagged ? result.outputs.at("logits").select(1, token)
                      : model.transformer().vocabularyScores(result.trace.hidden.at(tower).back().select(1, token));
    };
    const at::Tensor own = scoresIn(asked.result);
    if (!own.defined()) return {};
    const Column column = columnOf(asked.choice, own[0]);
    Explained explained;
    explained.of = [column, scoresIn](const ForwardResult& result) { return column.of(scoresIn(result)); };
    explained.said.stream = stream;
    explained.said.token = token;
    explained.said.target = int(column.target);
    const Tokenizer* tokenizer = model.decoderTokenizer();
    const auto name = [&](std::int64_t id) {
        return tagged                 ? model.loaded.classLabel(id)
               : tokenizer != nullptr ? tokenizer->piece(int(id))
                                      : std::to_string(id);
    };
    explained.said.label = between(name(column.target), column.against < 0 ? "" : name(column.against));
    return explained;
}

bool comparesTexts(const Run& run)
{
    return run.model().facts().text.compares && run.tensors().result.outputs.contains("logits_per_image");
}

std::optional<Explained> explainedOf(const Asked& asked)
{
    if (comparesTexts(asked.run)) return similarityOf(asked);
    if (!asked.run.info.outputs.get<verbs::Spans>().best.empty()) return spanOf(asked);
    const auto logits = asked.result.outputs.find("logits");
    if (logits != asked.result.outputs.end() && logits->second.dim() == 2) return classOf(asked);
    return tokenOf(asked);
}

// One line of the input, with the text that is explained.
ModelInput explainedInput(const Run& run, const verbs::ScoreChoice& choice)
{
    ModelInput in = onDevice(run.model(), run.tensors().in);
    if (comparesTexts(run)) {
        requireRange(candidateOf(choice), in.ids.size(0), "text");
        for (at::Tensor* lines : {&in.ids, &in.mask})
            if (lines->defined()) *lines = lines->narrow(0, candidateOf(choice), 1);
    }
    in = firstOfBatch(in);
    for (at::Tensor* t : {&in.pixels, &in.ids, &in.mask, &in.segments, &in.decoderInputIds, &in.decoderInputMask})
        if (t->defined()) *t = t->clone(); // tensors of inference mode take no part in a graph
    return in;
}

} // namespace

MethodCost costOfMaps(const Run& run, const verbs::MapQuestion&)
{
    constexpr double kPasses = 3;       // there and back
    constexpr std::int64_t kBytes = 16; // of a weight: itself, its gradient, and what softmax keeps
    std::int64_t pairs = 0;
    for (const AttentionRecord& block : run.tensors().result.trace.blocks)
        pairs += block.q.size(0) * block.heads() * block.queries() * block.keys();
    return {kPasses, pairs * kBytes};
}

ScoredModel::ScoredModel(const Run& run, const verbs::ScoreChoice& asked, const JobControl& control)
    : m_run(run), m_control(control), m_input(explainedInput(run, asked)), m_isDualEncoder(comparesTexts(run))
{
    const std::optional<Explained> explained = explainedOf({run, asked, run.tensors().result});
    if (!explained)
        throw Error(ErrorCode::BadRequest, run.modelInfo().name, "has no score whose reasons could be shown here",
                    "open a model with a classifier, one that writes, or one that compares texts with pictures");
    m_score = explained->of;
    m_said = explained->said;
    const at::Tensor score = m_isDualEncoder
                                 ? run.tensors().result.outputs.at("logits_per_image")[0][candidateOf(asked)]
                                 : m_score(run.tensors().result)[0];
    m_said.score = score.item<double>();
}

ScoredModel ScoredModel::withInput(const ModelInput& input) const
{
    ScoredModel other = *this;
    other.m_input = input;
    return other;
}

ForwardResult ScoredModel::pass(const ModelInput& input, const PassOptions& options) const
{
    ForwardOptions all = optionsOf(m_run.request);
    all.vocabularyScores = false;
    const std::vector<HeadAddress> ablated = std::exchange(all.ablated, {});
    static_cast<PassOptions&>(all) = options;
    all.ablated.insert(all.ablated.end(), ablated.begin(), ablated.end());
    const Changes changes = changesFrom(m_run.request.changes, m_run.model().facts(), m_run.tensors().sources.get());
    const Hooks own = changes.hooks(), both = combined(changes.isEmpty() ? nullptr : &own, options.hooks);
    if (!changes.isEmpty()) all.hooks = &both;
    const OwnThreads threads(m_run.model().info.precision == "float64");
    ForwardResult result = m_run.model().transformer().run(input, all, m_control);
    completeStreams(result, m_run.model().facts());
    return result;
}

void requireMapsFit(const Run& run)
{
    requireMemory(std::uint64_t(costOfMaps(run, {}).bytes), "running the model with gradients");
}

MappedPass passWithMaps(const ScoredModel& model)
{
    MappedPass pass;
    PassOptions options;
    options.maps = &pass.maps;
    pass.result = model.pass(options);
    if (pass.maps.empty() || pass.maps.size() != pass.result.trace.blocks.size())
        throw Error(ErrorCode::BadRequest, model.run().modelInfo().name, "does not show all of its maps with gradients",
                    "choose another method");
    pass.score = model.score(pass.result);
    return pass;
}

} // namespace headlens
