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
#include <cmath>

namespace headlens {
namespace {

constexpr int kShownGuesses = 8;

// Scores over the vocabulary were asked for and stand there already [B,T,V]; classes [B,C] are something else.
bool holdsWordScores(const ForwardResult& result)
{
    const auto logits = result.outputs.find("logits");
    return logits != result.outputs.end() && logits->second.dim() == 3;
}

Grid2D gridFrom(const at::Tensor& values)
{
    return {int(values.size(0)), int(values.size(1)), toFloats(values)};
}

} // namespace

const Tokenizer& Inspection::tokenizer() const
{
    const State::Open& open = m_state->model();
    if (open.tokenizer == nullptr)
        throw Error(ErrorCode::FileMissing, open.info.name, "brings no tokenizer",
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

verbs::Lens Inspection::lens(const verbs::LensQuestion& request) const
{
    const c10::InferenceMode inference;
    const TokenStream& stream = m_state->streamOf(request.stream);
    const auto states = m_state->input().result.trace.hidden.find(stream.name);
    const TransformerModel& model = *m_state->model().loaded.model;
    verbs::Lens lens;
    if (states == m_state->input().result.trace.hidden.end()) return lens;
    const std::int64_t token = request.token < 0 ? stream.tokens() - 1 : request.token;
    if (token >= stream.tokens())
        throw Error(ErrorCode::BadRequest, "token " + std::to_string(token),
                    "there are " + std::to_string(stream.tokens()));
    for (std::size_t layer = 0; layer < states->second.size(); ++layer) {
        const at::Tensor scores = model.vocabularyScores(states->second[layer][0][token]);
        if (!scores.defined()) return {};
        lens.layers.push_back({int(layer), bestOf(scores, request.shown, m_state->writtenTokenizer())});
    }
    return lens;
}

PairAnswer Inspection::pair(const verbs::PairQuestion& request) const
{
    const c10::InferenceMode inference;
    const AttentionRecord one = batchEntry(m_state->block(request.layer), 0);
    if (request.head < 0 || request.head >= one.heads() || request.query < 0 || request.query >= one.queries() ||
        request.key < 0 || request.key >= one.keys())
        throw Error(ErrorCode::BadRequest, "pair", "head, query or key does not exist in this layer");
    if (one.through.defined())
        throw Error(ErrorCode::BadRequest, "pair", "is not shown for the product of two maps",
                    "look at the two maps it is made of");
    if (one.windows)
        throw Error(ErrorCode::BadRequest, "pair", "is not shown for windowed attention",
                    "choose a layer without windows");
    if (one.rule != MapRule::Softmax)
        throw Error(ErrorCode::BadRequest, "pair", "is shown for softmax attention, and this block weighs otherwise",
                    "open the dock Formula, which shows its row in numbers");
    const auto number = [&](const at::Tensor& t, std::int64_t key) {
        if (!t.defined()) return 0.0;
        const at::Tensor head = t[0][t.size(1) > 1 ? request.head : 0];
        return head[head.size(0) > 1 ? request.query : 0][key].item<double>();
    };
    const at::Tensor q = one.q[0][request.head][request.query].to(at::kCPU, at::kFloat);
    const at::Tensor keys = one.k[0][request.head].to(at::kCPU, at::kFloat); // [Nk,d]
    at::Tensor scores = at::mv(keys, q).to(at::kDouble) * one.scale;
    for (const at::Tensor& added : {one.bias, one.mask})
        if (added.defined()) {
            const at::Tensor head = added[0][added.size(1) > 1 ? request.head : 0].to(at::kCPU);
            scores = scores + head[head.size(0) > 1 ? request.query : 0].to(at::kDouble);
        }
    PairAnswer answer;
    verbs::Pair& pair = answer.result;
    pair.dot = at::dot(q, keys[request.key]).item<double>();
    pair.scale = one.scale;
    pair.bias = number(one.bias, request.key);
    pair.mask = number(one.mask, request.key);
    pair.masked = pair.mask < -1e4;
    pair.score = scores[request.key].item<double>();
    pair.highest = scores.max().item<double>();
    pair.sum = (scores - pair.highest).exp().sum().item<double>();
    pair.weight = std::exp(pair.score - pair.highest) / pair.sum;
    answer.query = toFloats(q);
    answer.key = toFloats(keys[request.key]);
    return answer;
}

PositionsAnswer Inspection::positions(const verbs::PositionsQuestion& request) const
{
    const c10::InferenceMode inference;
    const TokenStream& stream = m_state->streamOf(request.stream);
    const PositionTable table = m_state->model().loaded.model->positionTable(stream);
    PositionsAnswer answer;
    answer.info.kind = table.kind;
    if (table.rows.defined()) {
        const at::Tensor rows = table.rows.to(at::kCPU, at::kFloat).contiguous();
        answer.info.rows = int(rows.size(0));
        answer.info.width = int(rows.size(1));
        answer.table = gridFrom(rows);
        const at::Tensor unit = rows / rows.norm(2, -1, /*keepdim=*/true).clamp_min(1e-12);
        answer.similarity = gridFrom(at::matmul(unit, unit.t()));
    }
    const AttentionRecord& record = m_state->block(request.layer);
    if (record.bias.defined() && record.bias.size(0) == 1 && !record.windows && stream.gridHeight == 0 &&
        record.bias.size(2) == record.bias.size(3)) {
        const at::Tensor bias = record.bias[0].to(at::kCPU, at::kFloat); // [H,n,n]
        const std::int64_t n = bias.size(1);
        // The last row holds distances -(n-1)..0, the first one 0..n-1.
        answer.bias = gridFrom(at::cat({bias.select(1, n - 1), bias.select(1, 0).slice(1, 1)}, 1));
    }
    return answer;
}

Grid2D Inspection::similarity(const verbs::SimilarityQuestion& request, const JobControl& control) const
{
    const c10::InferenceMode inference;
    const ModelFacts& facts = m_state->model().loaded.model->facts();
    if (!facts.text.reads || request.texts.empty())
        throw Error(ErrorCode::BadRequest, "similarity", "needs a model that reads text, and texts to compare");
    tokenizer();
    std::vector<at::Tensor> features;
    for (std::size_t i = 0; i < request.texts.size(); ++i) {
        control.checkpoint(int(i), int(request.texts.size()), "forward");
        verbs::SetInput asked;
        asked.text = request.texts[i];
        ModelInput in = readText(asked, m_state->tokenizers(), facts, m_state->model().info.path).input;
        in.writtenIds = at::Tensor(); // the encoder alone
        ForwardOptions options;
        options.keep = {false, false};
        options.vocabularyScores = false;
        const auto outputs = m_state->model().loaded.model->run(m_state->ready(in), options, {}).outputs;
        at::Tensor feature;
        for (const char* name : {"encoder.last_hidden_state", "text.last_hidden_state", "last_hidden_state"})
            if (const auto hit = outputs.find(name); hit != outputs.end()) feature = hit->second[0].mean(0);
        if (const auto hit = outputs.find("text_embeds"); hit != outputs.end()) feature = hit->second[0];
        if (!feature.defined())
            throw Error(ErrorCode::BadRequest, "similarity", "this model gives no features of a text");
        feature = feature.to(at::kCPU, at::kFloat);
        features.push_back(feature / feature.norm().clamp_min(1e-12));
    }
    const at::Tensor all = at::stack(features);
    return gridFrom(at::matmul(all, all.t()));
}

Grid2D Inspection::pictureHeat(const verbs::PictureHeat& request) const
{
    const c10::InferenceMode inference;
    const State::Ran& ran = m_state->input();
    const auto& outputs = ran.result.outputs;
    const auto texts = outputs.find("text_embeds");
    if (!ran.result.patchEmbeds.defined() || texts == outputs.end())
        throw Error(ErrorCode::BadRequest, "text on the picture", "needs a model that compares texts with pictures",
                    "open a CLIP or SigLIP model with a picture and a text");
    if (request.candidate < 0 || request.candidate >= texts->second.size(0))
        throw Error(ErrorCode::BadRequest, "text " + std::to_string(request.candidate),
                    "there are " + std::to_string(texts->second.size(0)));
    const verbs::InputInfo& info = ran.info;
    const at::Tensor cosine = at::mv(ran.result.patchEmbeds[0], texts->second[request.candidate]);
    return gridFrom(cosine.view({info.gridHeight, info.gridWidth}));
}

} // namespace headlens
