// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/text_output.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {
namespace {

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

} // namespace

std::vector<verbs::TopTokens> tokenLabels(const at::Tensor& logits, const std::vector<std::string>& labels)
{
    constexpr std::int64_t kShown = 3;
    const at::Tensor given = logits.to(at::kCPU, at::kFloat), shares = at::softmax(given, -1);
    const auto [values, classes] = shares.topk(std::min(kShown, shares.size(1)), 1);
    std::vector<verbs::TopTokens> all;
    for (std::int64_t token = 0; token < shares.size(0); ++token) {
        verbs::TopTokens guesses{int(token), {}};
        for (std::int64_t i = 0; i < values.size(1); ++i) {
            const auto index = int(classes[token][i].item<std::int64_t>());
            const bool named = std::size_t(index) < labels.size();
            guesses.best.push_back({named ? labels[std::size_t(index)] : "class " + std::to_string(index), index,
                                    given[token][index].item<double>(), values[token][i].item<double>()});
        }
        all.push_back(std::move(guesses));
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

} // namespace headlens
