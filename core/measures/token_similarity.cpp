// SPDX-License-Identifier: GPL-3.0-or-later
// The cosine of one token's hidden state with all others, behind the embedding and every block.
#include "core/base/error.h"
#include "core/measures/hidden_states.h"
#include "core/measures/measures.h"

#include <ATen/ATen.h>

namespace headlens::measures {
namespace {

// The one that is asked for; without, the patch in the middle, or the last token of a text.
std::int64_t tokenOf(const TokenStream& stream, int asked, std::int64_t tokens)
{
    if (asked >= tokens)
        throw Error(ErrorCode::BadRequest, "token " + std::to_string(asked),
                    "there are " + std::to_string(tokens) + " tokens");
    if (asked >= 0) return asked;
    if (stream.gridHeight == 0 || tokens != stream.tokens()) return tokens - 1;
    return stream.text + stream.prefix + stream.gridHeight / 2 * stream.gridWidth + stream.gridWidth / 2;
}

MethodResult tokenSimilarityOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const std::vector<at::Tensor> states = hiddenOfFirstStream(run);
    const std::int64_t tokens = states.front().size(0);
    const std::int64_t token = tokenOf(run.tensors().result.trace.streams.front(), asked.token, tokens);
    MethodResult result;
    for (std::size_t i = 0; i < states.size(); ++i) {
        control.checkpoint(int(i), int(states.size()), "measure");
        if (states[i].size(0) != tokens) continue; // a later stage of a Swin: the token lies in no cell of its own
        const at::Tensor unit = states[i] / states[i].norm(2, -1, /*keepdim=*/true).clamp_min(1e-12);
        result.parts["cosine." + std::to_string(i)] = at::mv(unit, unit[token]);
    }
    return result;
}

} // namespace

const Method tokenSimilarity{
    {.id = "token-similarity",
     .title = HEADLENS_TEXT("Methods", "similarity of tokens"),
     .says = HEADLENS_TEXT("Methods", "How alike one token's hidden state and all others are behind every block: the "
                                      "cosine of the two"),
     .formula = "cos(x_i, x_j)",
     .source = HEADLENS_TEXT("Methods", "Ours; for patches of DINO as in Amir and others 2022, arXiv 2112.05814"),
     .unit = "cosine",
     .over = "run",
     .isSigned = true,
     .ofToken = true},
    nullptr,
    tokenSimilarityOf,
    nullptr,
    {{.title = HEADLENS_TEXT("Methods", "cosine"), .parts = {"cosine.*"}, .rows = "state", .columns = "token"}}};

} // namespace headlens::measures
