// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/base/error.h"
#include "core/session/generation.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

namespace headlens::questions {

verbs::Lens lens(const Run& run, const verbs::LensQuestion& asked)
{
    const c10::InferenceMode inference;
    const TokenStream& stream = streamOf(run, asked.stream);
    const auto& hidden = run.tensors().result.trace.hidden;
    const auto states = hidden.find(stream.name);
    verbs::Lens lens;
    if (states == hidden.end()) return lens;
    const std::int64_t token = asked.token < 0 ? stream.tokens() - 1 : asked.token;
    if (token >= stream.tokens())
        throw Error(ErrorCode::BadRequest, "token " + std::to_string(token),
                    "there are " + std::to_string(stream.tokens()));
    for (std::size_t layer = 0; layer < states->second.size(); ++layer) {
        const at::Tensor scores = run.model().transformer().vocabularyScores(states->second[layer][0][token]);
        if (!scores.defined()) return {};
        lens.layers.push_back({int(layer), bestOf(scores, asked.shown, run.model().decoderTokenizer())});
    }
    return lens;
}

} // namespace headlens::questions
