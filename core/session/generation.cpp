// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/generation.h"

#include "core/base/error.h"
#include "core/session/beam_search.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>

namespace headlens {

at::Tensor sampled(const at::Tensor& scores, const verbs::Generate& request)
{
    constexpr double kNever = -std::numeric_limits<double>::infinity();
    const at::Tensor given = scores.to(at::kCPU, at::kFloat);
    if (request.temperature <= 0) {
        at::Tensor one = at::zeros_like(given);
        one[given.argmax()] = 1;
        return one;
    }
    at::Tensor cut = given / request.temperature;
    if (request.topK > 0 && request.topK < cut.size(0)) {
        const at::Tensor least = std::get<0>(cut.topk(request.topK)).min();
        cut = cut.masked_fill(cut < least, kNever);
    }
    if (request.topP < 1) {
        const auto [values, order] = cut.sort(std::int64_t(0), /*descending=*/true);
        const at::Tensor shares = at::softmax(values, 0);
        const at::Tensor before = shares.cumsum(0) - shares; // held by more probable tokens: the first is always kept
        cut = cut.index_fill(0, order.masked_select(before >= std::max(request.topP, 1e-9)), kNever);
    }
    return at::softmax(cut, 0);
}

at::Tensor allowed(at::Tensor scores, const TextFacts& facts)
{
    for (const int id : facts.neverWritten)
        if (id >= 0 && id < scores.size(-1))
            scores = scores.index_fill(-1, at::tensor({std::int64_t(id)}).to(scores.device()), -1e30);
    return scores;
}

int drawn(const at::Tensor& probabilities, std::mt19937_64& chance)
{
    const at::Tensor line = probabilities.to(at::kCPU, at::kDouble).contiguous();
    const double* p = line.data_ptr<double>();
    // 53 bits of the generator: std::uniform_real_distribution differs between libraries.
    double left = double(chance() >> 11U) * 0x1.0p-53 * line.sum().item<double>();
    int last = 0;
    for (std::int64_t i = 0; i < line.size(0); ++i) {
        if (p[i] <= 0) continue;
        last = int(i);
        if ((left -= p[i]) < 0) break;
    }
    return last;
}

std::vector<verbs::TextScore> bestOf(const at::Tensor& scores, int shown, const Tokenizer* tokenizer)
{
    const at::Tensor given = scores.to(at::kCPU, at::kFloat), probabilities = at::softmax(given, -1);
    const auto [values, ids] = probabilities.topk(std::clamp<std::int64_t>(shown, 0, given.size(0)));
    std::vector<verbs::TextScore> best;
    for (std::int64_t i = 0; i < ids.size(0); ++i) {
        const auto id = int(ids[i].item<std::int64_t>());
        best.push_back({tokenizer != nullptr ? tokenizer->piece(id) : std::to_string(id), id, given[id].item<double>(),
                        values[i].item<double>()});
    }
    return best;
}

namespace {

std::string textOf(const std::vector<int>& ids, const Tokenizer* tokenizer)
{
    if (tokenizer != nullptr) return tokenizer->decode(ids);
    std::string text;
    for (const int id : ids) text += (text.empty() ? "" : " ") + std::to_string(id);
    return text;
}

} // namespace

verbs::Written writeOn(Writer& writer, const GenerationStart& start, const verbs::Generate& request,
                       const Tokenizer* tokenizer, const JobControl& control)
{
    if (request.beams > 1) return searchBeams(writer, start, request, tokenizer, control);
    verbs::Written result;
    std::vector<int> ids = start.written;
    std::mt19937_64 chance(request.seed);
    const std::int64_t most = start.room > 0 ? std::min<std::int64_t>(request.atMost, start.room) : request.atMost;
    at::Tensor scores = most > 0 ? writer.next(start.ids)[0] : at::Tensor();
    for (std::int64_t step = 0; step < most; ++step) {
        control.checkpoint({int(step), int(most), "write", textOf(ids, tokenizer)});
        scores = allowed(scores, start.facts);
        const int id = drawn(sampled(scores, request), chance);
        verbs::GenerationStep written;
        written.alternatives = bestOf(scores, request.shown, tokenizer);
        written.token = {tokenizer != nullptr ? tokenizer->piece(id) : std::to_string(id), id,
                         scores[id].item<double>(), at::softmax(scores.to(at::kFloat), 0)[id].item<double>()};
        result.steps.push_back(std::move(written));
        result.ended = id == start.facts.endToken;
        if (result.ended) break;
        ids.push_back(id);
        if (step + 1 < most) scores = writer.next(at::full({1, 1}, id, start.ids.options()))[0];
    }
    result.text = textOf(ids, tokenizer);
    result.ids = ids;
    return result;
}

} // namespace headlens
