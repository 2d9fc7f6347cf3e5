// SPDX-License-Identifier: GPL-3.0-or-later
// Text: what is read and written, what comes next, what every layer would say.
#include "core/base/error.h"
#include "core/session/generation.h"
#include "core/session/inspection_state.h"
#include "core/session/memory.h"
#include "core/session/text_output.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kShownGuesses = 8;

// Scores over the vocabulary were asked for and stand there already [B,T,V]; classes [B,C] are something else.
bool holdsWordScores(const ForwardResult& result)
{
    const auto logits = result.outputs.find("logits");
    return logits != result.outputs.end() && logits->second.dim() == 3;
}

} // namespace

const Tokenizer& Inspection::tokenizer() const
{
    const State::Open& open = m_state->model();
    if (open.tokenizer == nullptr)
        throw Error(ErrorCode::PartMissing, open.info.name, "brings no tokenizer",
                    "put tokenizer.json, vocab.txt, vocab.json with merges.txt, or spiece.model beside the weights");
    return *open.tokenizer;
}

void Inspection::State::addText(Ran& next, const verbs::SetInput& asked) const
{
    const ModelFacts& facts = model().loaded.model->facts();
    if (!facts.text.reads) return;
    // Two towers need not both be used: without texts, or without a tokenizer to read them, the picture runs alone.
    const bool wordless = (asked.text.empty() && asked.candidates.empty()) || model().tokenizer == nullptr;
    if (facts.comparesTexts && wordless) return;
    verbs::SetInput read = asked;
    if (facts.comparesTexts && read.text.empty()) { // the first candidate is the one that is looked into
        read.text = read.candidates.front();
        read.candidates.erase(read.candidates.begin());
    }
    TextInput text = readText(read, tokenizers(), facts, model().info.path);
    text.input.pixels = next.in.pixels;
    next.in = std::move(text.input);
    next.info.streams = std::move(text.streams);
    next.info.cut = text.cut;
    if (facts.comparesTexts) {
        next.info.scores.push_back({read.text, 0, 0, 0});
        for (const std::string& candidate : read.candidates)
            next.info.scores.push_back({candidate, int(next.info.scores.size()), 0, 0});
    }
}

at::Tensor Inspection::State::lastFeatures(const Ran& done)
{
    for (const char* tower : {"decoder", ""}) {
        const auto states = done.result.trace.hidden.find(tower);
        if (states != done.result.trace.hidden.end() && !states->second.empty()) return states->second.back();
    }
    return {};
}

std::int64_t Inspection::State::promptTokens() const
{
    return std::max<std::int64_t>(0, input().in.ids.size(1) - std::int64_t(lastRequest.writtenIds.size()));
}

at::Tensor Inspection::State::allScores() const
{
    const Ran& done = input();
    if (holdsWordScores(done.result)) return {};
    const at::Tensor features = lastFeatures(done);
    if (!features.defined()) return {};
    requireMemory(std::uint64_t(features.size(0) * features.size(1)) * std::uint64_t(model().info.text.vocabulary) * 8,
                  "writing the scores of every token");
    return model().loaded.model->vocabularyScores(features);
}

const Tokenizer* Inspection::State::writtenTokenizer() const
{
    return model().written != nullptr ? model().written.get() : model().tokenizer.get();
}

Tokenizers Inspection::State::tokenizers() const
{
    return {model().tokenizer.get(), writtenTokenizer()};
}

// What the tokenizer cut, in the order in which the model took it.
void Inspection::State::describeStreams(Ran& done) const
{
    std::vector<verbs::Stream> read = std::move(done.info.streams);
    done.info.streams.clear();
    for (const TokenStream& stream : done.result.trace.streams) {
        verbs::Stream shown;
        if (stream.text > 0) {
            const bool written = stream.name == "decoder";
            const auto hit = std::ranges::find_if(
                read, [&](const verbs::Stream& any) { return (any.name == "decoder") == written; });
            const at::Tensor& ids = written && done.in.writtenIds.defined() ? done.in.writtenIds : done.in.ids;
            const Tokenizers known = tokenizers();
            shown = hit != read.end() ? *hit : shownStream(stream.name, ids, written ? known.written : known.read);
        }
        nameKinds(shown, done.result);
        shown.name = stream.name;
        shown.prefix = int(stream.prefix);
        shown.gridHeight = int(stream.gridHeight);
        shown.gridWidth = int(stream.gridWidth);
        done.info.streams.push_back(std::move(shown));
    }
}

// Which tokens are no words, and which words they resemble.
void Inspection::State::nameKinds(verbs::Stream& stream, const ForwardResult& result) const
{
    const std::map<int, std::string>& kinds = model().loaded.model->facts().tokenKinds;
    const auto near = result.states.find("near.id");
    for (std::size_t i = 0; i < stream.tokens.size() && !kinds.empty(); ++i) {
        verbs::TextToken& token = stream.tokens[i];
        const auto above = kinds.upper_bound(token.id);
        if (above == kinds.begin() || std::prev(above)->second.empty()) continue;
        token.kind = std::prev(above)->second;
        if (near == result.states.end() || model().tokenizer == nullptr) continue;
        const std::vector<float> ids = toFloats(near->second[std::int64_t(i)]),
                                 cosines = toFloats(result.states.at("near.cosine")[std::int64_t(i)]);
        for (std::size_t k = 0; k < ids.size(); ++k)
            if (ids[k] >= 0) token.near.push_back({model().tokenizer->piece(int(ids[k])), double(cosines[k])});
    }
}

void Inspection::State::describeGuesses(Ran& done) const
{
    const ModelFacts& facts = model().loaded.model->facts();
    const at::Tensor features = lastFeatures(done);
    if (!features.defined() || holdsWordScores(done.result)) return;
    const auto guess = [&](std::int64_t token) {
        const at::Tensor scores = model().loaded.model->vocabularyScores(features[0][token]);
        if (scores.defined())
            done.info.guesses.push_back(
                {int(token), bestOf(allowed(scores, facts.text), kShownGuesses, writtenTokenizer())});
    };
    if (facts.text.writes) guess(features.size(1) - 1);
    const Tokenizer* tokenizer = model().tokenizer.get();
    if (!facts.text.fillsGaps || tokenizer == nullptr || tokenizer->special().mask < 0 || !done.in.ids.defined())
        return;
    const at::Tensor gaps = (done.in.ids[0] == tokenizer->special().mask).nonzero();
    constexpr std::int64_t kMostGaps = 64;
    for (std::int64_t i = 0; i < std::min(kMostGaps, gaps.size(0)); ++i) guess(gaps[i][0].item<std::int64_t>());
}

void Inspection::State::describeText(Ran& done) const
{
    const ModelFacts& facts = model().loaded.model->facts();
    verbs::InputInfo& info = done.info;
    describeStreams(done);
    if (!facts.text.reads) return;
    const auto& outputs = done.result.outputs;
    if (const auto scores = outputs.find("logits_per_image"); scores != outputs.end() && !info.scores.empty()) {
        const at::Tensor line = scores->second[0].to(at::kCPU, at::kFloat);
        const at::Tensor shares = facts.text.alwaysFull ? at::sigmoid(line) : at::softmax(line, 0);
        for (std::size_t i = 0; i < info.scores.size(); ++i) {
            info.scores[i].score = line[std::int64_t(i)].item<double>();
            info.scores[i].probability = shares[std::int64_t(i)].item<double>();
        }
    }
    if (facts.text.labelsTokens) info.tokenLabels = tokenLabels(outputs.at("logits")[0], facts.labels);
    if (facts.text.findsSpans && !info.streams.empty())
        info.spans = answerSpans(outputs.at("start_logits")[0], outputs.at("end_logits")[0], info.streams.front(),
                                 done.in.mask.defined() ? done.in.mask[0] : at::Tensor());
    describeGuesses(done);
}

verbs::Written Inspection::generate(const verbs::Generate& request, const JobControl& control)
{
    const c10::InferenceMode inference;
    const State::Ran& ran = m_state->input();
    const ModelFacts& facts = m_state->model().loaded.model->facts();
    if (request.atMost < 1 || request.beams < 1 || request.beams > 64 || request.topK < 0 || !(request.topP > 0) ||
        !(request.temperature >= 0 && request.temperature <= 100))
        throw Error(ErrorCode::BadRequest, "generation", "a setting is out of range",
                    "use 1 to 64 beams, temperature 0 to 100, top-k from 0, top-p above 0");
    const ModelInput in = m_state->ready(State::firstLine(ran.in));
    const auto writer =
        facts.text.writes ? m_state->model().loaded.model->beginWriting(in, optionsOf(m_state->lastRequest)) : nullptr;
    if (writer == nullptr)
        throw Error(ErrorCode::BadRequest, m_state->model().info.name, "does not write text",
                    "open a model that writes, for example GPT-2, T5, BART, Marian, BLIP or story-gpt");
    GenerationStart start;
    start.facts = facts.text;
    const bool apart = in.writtenIds.defined(); // a decoder with a text of its own
    start.ids = apart ? in.writtenIds : in.ids;
    const at::Tensor known = start.ids[0].cpu();
    const std::int64_t skipped = apart ? (facts.text.startToken >= 0 ? 1 : 0) : m_state->promptTokens();
    for (std::int64_t i = skipped; i < known.size(0); ++i) start.written.push_back(int(known[i].item<std::int64_t>()));
    const int longest = apart ? facts.text.longestWritten : facts.text.longest;
    if (longest > 0) start.room = longest - known.size(0);
    if (longest > 0 && start.room < 1)
        throw Error(ErrorCode::BadRequest, "text", "fills all " + std::to_string(longest) + " positions of the model",
                    "shorten it");
    return writeOn(*writer, start, request, m_state->writtenTokenizer(), control);
}

} // namespace headlens
