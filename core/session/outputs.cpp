// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/outputs.h"

#include "core/session/generation.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <variant>

namespace headlens {
namespace {

// The most probable classes first; numbers as they are, in the order of the model.
verbs::Classes topClasses(const at::Tensor& logits, const LoadedModel& model)
{
    constexpr std::int64_t kShown = 20;
    const at::Tensor scores = logits.to(at::kCPU, at::kFloat);
    if (model.answers == Answers::Numbers) {
        verbs::Classes numbers{{}, true};
        for (std::int64_t i = 0; i < std::min(kShown, scores.size(0)); ++i)
            numbers.best.push_back({int(i), model.classLabel(i), scores[i].item<double>()});
        return numbers;
    }
    // A single score is a yes or no by itself.
    const bool each = model.answers == Answers::EachClass || scores.size(0) == 1;
    const at::Tensor probabilities = each ? at::sigmoid(scores) : at::softmax(scores, -1);
    const auto [values, indices] = probabilities.topk(std::min(kShown, probabilities.size(0)));
    verbs::Classes top;
    for (std::int64_t i = 0; i < values.size(0); ++i) {
        const auto index = indices.data_ptr<std::int64_t>()[i];
        top.best.push_back({int(index), model.classLabel(index), values.data_ptr<float>()[i]});
    }
    return top;
}

// Code points `begin` to `end` of UTF-8.
std::string cutOut(const std::string& text, int begin, int end)
{
    std::string part;
    int place = -1;
    for (const char byte : text) {
        if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80U) ++place;
        if (place >= begin && place < end) part += byte;
    }
    return part;
}

// softmax over the tokens an answer may touch and the first one; 0 elsewhere.
std::vector<double> chancesOf(const at::Tensor& logits, const at::Tensor& allowed)
{
    constexpr double kNever = -1e30;
    const at::Tensor line = logits.to(at::kCPU, at::kDouble).masked_fill(allowed.logical_not(), kNever);
    at::Tensor chances = at::softmax(line, 0).contiguous();
    chances[0] = 0.0; // "no answer"
    return {chances.data_ptr<double>(), chances.data_ptr<double>() + chances.numel()};
}

// The decoder's picture in the colours it stands for: normalisation undone.
Image8 pictureOf(const at::Tensor& pixels, const PreprocessPlan& plan)
{
    const at::Tensor values = pixels.to(at::kCPU, at::kFloat).contiguous(); // [3,h,w]
    Image8 picture(int(values.size(2)), int(values.size(1)));
    const std::size_t area = std::size_t(picture.width) * std::size_t(picture.height);
    const float* from = values.data_ptr<float>();
    for (std::size_t c = 0; c < 3; ++c)
        for (std::size_t i = 0; i < area; ++i) {
            double value = double(from[c * area + i]);
            if (plan.normalize)
                value = value * plan.deviation[plan.deviation.size() == 1 ? 0 : c] +
                        plan.mean[plan.mean.size() == 1 ? 0 : c];
            if (plan.rescale && plan.rescaleFactor != 0) value /= plan.rescaleFactor;
            picture.pixels[i * 3 + c] = std::uint8_t(std::clamp(value + 0.5, 0.0, 255.0));
        }
    return picture;
}

// An output tensor of the pass; undefined where there is none.
at::Tensor outputOf(const Run& run, const char* name)
{
    const auto& outputs = run.tensors().result.outputs;
    const auto hit = outputs.find(name);
    return hit == outputs.end() ? at::Tensor() : hit->second;
}

void describeClasses(Run& run)
{
    const at::Tensor logits = outputOf(run, "logits");
    if (logits.defined() && logits.dim() == 2) run.info.outputs.set(topClasses(logits[0], run.model().loaded));
}

void describeTokenClasses(Run& run)
{
    run.info.outputs.set(tokenClasses(outputOf(run, "logits")[0], run.model().loaded));
}

void describeSpans(Run& run)
{
    if (run.info.streams.empty()) return;
    const at::Tensor& mask = run.tensors().in.mask;
    run.info.outputs.set(verbs::Spans{answerSpans(outputOf(run, "start_logits")[0], outputOf(run, "end_logits")[0],
                                                  run.info.streams.front(), mask.defined() ? mask[0] : at::Tensor())});
}

// Of the last token of a text that goes on, and of gaps.
void describeVocabulary(Run& run)
{
    constexpr int kShown = 8;
    constexpr std::int64_t kMostGaps = 64;
    const ModelFacts& facts = run.model().facts();
    const RunTensors& tensors = run.tensors();
    const at::Tensor features = lastFeatures(run);
    if (!features.defined() || holdsVocabularyScores(tensors.result)) return;
    verbs::VocabularyScores found;
    const auto guess = [&](std::int64_t token) {
        const at::Tensor scores = run.model().transformer().vocabularyScores(features[0][token]);
        if (scores.defined())
            found.places.push_back(
                {int(token), bestOf(allowed(scores, facts.text), kShown, run.model().decoderTokenizer())});
    };
    if (facts.text.writes) guess(features.size(1) - 1);
    const Tokenizer* tokenizer = run.model().tokenizer.get();
    if (facts.text.isMaskedLm && tokenizer != nullptr && tokenizer->special().mask >= 0 && tensors.in.ids.defined()) {
        const at::Tensor gaps = (tensors.in.ids[0] == tokenizer->special().mask).nonzero();
        for (std::int64_t i = 0; i < std::min(kMostGaps, gaps.size(0)); ++i) guess(gaps[i][0].item<std::int64_t>());
    }
    run.info.outputs.set(std::move(found));
}

// Candidates against the picture; run_input.cpp put their texts there.
void describeSimilarity(Run& run)
{
    const at::Tensor logits = outputOf(run, "logits_per_image");
    auto similarity = run.info.outputs.get<verbs::Similarity>();
    if (!logits.defined() || similarity.texts.empty()) return;
    const at::Tensor line = logits[0].to(at::kCPU, at::kFloat);
    const at::Tensor shares = run.model().facts().text.padToMaxLength ? at::sigmoid(line) : at::softmax(line, 0);
    for (std::size_t i = 0; i < similarity.texts.size(); ++i) {
        similarity.texts[i].score = line[std::int64_t(i)].item<double>();
        similarity.texts[i].probability = shares[std::int64_t(i)].item<double>();
    }
    run.info.outputs.set(std::move(similarity));
}

void describePicture(Run& run)
{
    const at::Tensor& painted = run.tensors().result.reconstruction;
    if (!painted.defined() || run.model().facts().channels != 3) return;
    run.reconstruction = pictureOf(painted[0], run.model().loaded.plan);
    run.info.outputs.set(verbs::Picture{run.reconstruction.width, run.reconstruction.height});
}

// In the order of verbs::OutputKind.
constexpr std::array kDescribe{describeClasses,    describeTokenClasses, describeSpans,
                               describeVocabulary, describeSimilarity,   describePicture};
static_assert(kDescribe.size() == std::variant_size_v<verbs::Output>);

} // namespace

verbs::TokenClasses tokenClasses(const at::Tensor& logits, const LoadedModel& model)
{
    constexpr std::int64_t kShown = 3;
    const at::Tensor given = logits.to(at::kCPU, at::kFloat), shares = at::softmax(given, -1);
    const auto [values, classes] = shares.topk(std::min(kShown, shares.size(1)), 1);
    verbs::TokenClasses all;
    for (std::int64_t token = 0; token < shares.size(0); ++token) {
        verbs::TopTokens guesses{int(token), {}};
        for (std::int64_t i = 0; i < values.size(1); ++i) {
            const auto index = int(classes[token][i].item<std::int64_t>());
            guesses.best.push_back(
                {model.classLabel(index), index, given[token][index].item<double>(), values[token][i].item<double>()});
        }
        all.tokens.push_back(std::move(guesses));
    }
    return all;
}

std::vector<verbs::AnswerSpan> answerSpans(const at::Tensor& start, const at::Tensor& end, const verbs::Stream& stream,
                                           const at::Tensor& mask)
{
    constexpr std::size_t kShown = 5, kLongest = 15;
    const bool pair = std::ranges::any_of(stream.tokens, &verbs::TextToken::inPair);
    const std::size_t count = std::min(stream.tokens.size(), std::size_t(start.size(0)));
    at::Tensor allowed = at::zeros({start.size(0)}, at::kBool);
    for (std::size_t i = 0; i < count; ++i)
        allowed[std::int64_t(i)] = !stream.tokens[i].special && stream.tokens[i].inPair == pair;
    if (mask.defined()) allowed = allowed.logical_and(mask.to(at::kCPU) != 0);
    if (!allowed.any().item<bool>()) return {};
    allowed[0] = true;
    const std::vector<double> from = chancesOf(start, allowed), to = chancesOf(end, allowed);
    std::vector<verbs::AnswerSpan> spans;
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = i; from[i] > 0 && j < std::min(count, i + kLongest); ++j) {
            if (from[i] * to[j] <= 0) continue;
            spans.push_back({int(i), int(j), {}, from[i] * to[j]});
        }
    std::ranges::stable_sort(spans, std::greater(), &verbs::AnswerSpan::probability);
    spans.resize(std::min(spans.size(), kShown));
    for (verbs::AnswerSpan& span : spans)
        span.text = cutOut(pair ? stream.pair : stream.text, stream.tokens[std::size_t(span.begin)].begin,
                           stream.tokens[std::size_t(span.end)].end);
    return spans;
}

void describeOutputs(Run& run)
{
    for (const verbs::OutputKind kind : run.model().facts().outputs) kDescribe.at(std::size_t(kind))(run);
}

} // namespace headlens
