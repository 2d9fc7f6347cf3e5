// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/base/error.h"
#include "core/session/forward_pass.h"
#include "core/session/generation.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>

namespace headlens::questions {
namespace {

// Tokens of the text that were there before writing began.
std::int64_t promptTokens(const Run& run)
{
    return std::max<std::int64_t>(0, run.tensors().in.ids.size(1) - std::int64_t(run.request.decoderInputIds.size()));
}

} // namespace

verbs::Written generate(const Run& run, const verbs::Generate& asked, const JobControl& control)
{
    const c10::InferenceMode inference;
    const OpenedModel& model = run.model();
    const ModelFacts& facts = model.facts();
    if (asked.atMost < 1 || asked.beams < 1 || asked.beams > 64 || asked.topK < 0 || !(asked.topP > 0) ||
        !(asked.temperature >= 0 && asked.temperature <= 100))
        throw Error(ErrorCode::BadRequest, "generation", "a setting is out of range",
                    "use 1 to 64 beams, temperature 0 to 100, top-k from 0, top-p above 0");
    const ModelInput in = onDevice(model, firstOfBatch(run.tensors().in));
    const auto writer = facts.text.writes ? model.transformer().startGeneration(in, optionsOf(run.request)) : nullptr;
    if (writer == nullptr)
        throw Error(ErrorCode::BadRequest, model.info.name, "does not write text",
                    "open a model that writes, for example GPT-2, T5, BART, Marian, BLIP or story-gpt");
    GenerationStart start;
    start.facts = facts.text;
    const bool apart = in.decoderInputIds.defined(); // a decoder with a text of its own
    start.ids = apart ? in.decoderInputIds : in.ids;
    const at::Tensor known = start.ids[0].cpu();
    const std::int64_t skipped = apart ? (facts.text.startToken >= 0 ? 1 : 0) : promptTokens(run);
    for (std::int64_t i = skipped; i < known.size(0); ++i) start.written.push_back(int(known[i].item<std::int64_t>()));
    const int longest = apart ? facts.text.longestWritten : facts.text.longest;
    if (longest > 0) start.room = longest - known.size(0);
    if (longest > 0 && start.room < 1)
        throw Error(ErrorCode::BadRequest, "text", "fills all " + std::to_string(longest) + " positions of the model",
                    "shorten it");
    return writeOn(*writer, start, asked, model.decoderTokenizer(), control);
}

} // namespace headlens::questions
