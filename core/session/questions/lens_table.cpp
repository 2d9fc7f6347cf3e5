// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/base/error.h"
#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

namespace headlens::questions {
namespace {

using Ids = std::vector<std::int64_t>;

Ids idsOf(const at::Tensor& ids)
{
    const at::Tensor row = ids.to(at::kCPU, at::kLong).contiguous();
    return {row.data_ptr<std::int64_t>(), row.data_ptr<std::int64_t>() + row.numel()};
}

void check(const verbs::LensTableQuestion& asked, const TokenStream& stream)
{
    const bool isThere = asked.begin >= 0 && asked.end > asked.begin && asked.end <= stream.tokens();
    if (isThere && asked.end - asked.begin <= verbs::kMostLensTokens) return;
    throw Error(ErrorCode::BadRequest, "tokens " + std::to_string(asked.begin) + " to " + std::to_string(asked.end),
                isThere ? "are more than " + std::to_string(verbs::kMostLensTokens)
                        : "are none of " + std::to_string(stream.tokens()));
}

// What every token [T] predicts: the next one, of the last token the best of `scores` [T,V], those of the last layer;
// of a masked language model the token itself.
at::Tensor nextOf(const Run& run, const verbs::LensTableQuestion& asked, const at::Tensor& scores)
{
    at::Tensor next = scores.argmax(-1).to(at::kCPU);
    const std::vector<verbs::TextToken>& tokens = run.info.streams[std::size_t(asked.stream)].tokens;
    const std::size_t ahead = run.model().facts().text.isMaskedLm ? 0 : 1;
    for (int i = asked.begin; i < asked.end; ++i)
        if (std::size_t(i) + ahead < tokens.size()) next[i - asked.begin] = tokens[std::size_t(i) + ahead].id;
    return next.clamp(0, scores.size(-1) - 1);
}

} // namespace

verbs::LensTable lensTable(const Run& run, const verbs::LensTableQuestion& asked)
{
    const c10::InferenceMode inference;
    const TokenStream& stream = streamOf(run, asked.stream);
    const auto& hidden = run.tensors().result.trace.hidden;
    const auto states = hidden.find(stream.name);
    verbs::LensTable table;
    table.of = asked;
    if (states == hidden.end() || states->second.empty()) return table;
    check(asked, stream);
    const Tokenizer* tokenizer = run.model().decoderTokenizer();
    const auto pieceOf = [tokenizer](std::int64_t id) {
        return tokenizer != nullptr ? tokenizer->piece(int(id)) : std::to_string(id);
    };
    // [T,V] of one layer at a time.
    const auto scoresOf = [&](const at::Tensor& state) {
        return run.model().transformer().vocabularyScores(state[0].slice(0, asked.begin, asked.end));
    };
    const at::Tensor last = scoresOf(states->second.back());
    if (!last.defined()) return table;
    const at::Tensor next = nextOf(run, asked, last).to(last.device());
    std::vector<at::Tensor> probabilities, ranks;
    for (const at::Tensor& state : states->second) {
        const at::Tensor scores = scoresOf(state).to(at::kFloat);
        const auto [highest, best] = at::softmax(scores, -1).max(-1);
        probabilities.push_back(highest);
        ranks.push_back((scores > scores.gather(-1, next.unsqueeze(-1))).sum(-1) + 1);
        for (const std::int64_t id : idsOf(best)) table.best.push_back(pieceOf(id));
    }
    for (const std::int64_t id : idsOf(next)) table.next.push_back(pieceOf(id));
    table.probabilities = toArray(at::stack(probabilities));
    table.ranks = toArray(at::stack(ranks).to(at::kFloat));
    return table;
}

} // namespace headlens::questions
