// SPDX-License-Identifier: GPL-3.0-or-later
// Every patch or word hidden in turn, as mask-patch hides it: no token of any block may look at it.
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"
#include "core/interventions/effect.h"
#include "core/interventions/interventions.h"
#include "core/interventions/sweep.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

namespace headlens::interventions {
namespace {

constexpr std::int64_t kMostWords = 4096; // each takes a pass

MethodResult sweepWords(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const ScoredModel model(run, asked.score, control);
    const std::int64_t words = run.tensors().result.trace.streams.front().tokens();
    if (words > kMostWords)
        throw Error(ErrorCode::BadRequest, "a text of " + std::to_string(words) + " tokens",
                    "would take as many passes", "use a text of at most " + std::to_string(kMostWords) + " tokens");
    const c10::NoGradGuard noGradients;
    at::Tensor effects = at::empty({1, words}, at::kDouble);
    for (std::int64_t word = 0; word < words; ++word) {
        model.checkpoint(int(word), int(words));
        Changes changes;
        changes.hideKeys({word});
        effects[0][word].fill_(model.said().score - changedScore(model, changes));
    }
    MethodResult result;
    result.explained = model.said();
    result.parts["effects"] = effects;
    return result;
}

// Of a picture that is the map "patches left out".
MethodResult sweepPatchesOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    if (!run.tensors().in.pixels.defined()) return sweepWords(run, asked, control);
    MethodResult result = methods::patchAblation.compute(run, asked, control);
    result.parts["effects"] = result.map;
    return result;
}

std::string needsOneKindOfToken(const ModelFacts& model)
{
    if (std::string why = needsMapsOfOneSize(model); !why.empty()) return why;
    if (model.takesPictures() && model.text.reads)
        return HEADLENS_TEXT("Methods", "open a model that reads pictures or text, not both");
    return model.takesPictures() ? needsPictureScore(model) : needsScore(model);
}

} // namespace

const Method sweepPatches{
    {.id = "sweep-patches",
     .title = HEADLENS_TEXT("Methods", "every patch or word hidden in turn"),
     .says = HEADLENS_TEXT("Methods", "What the score loses when no token may look at one patch or word"),
     .formula = "y − y(token j is no key in any block)",
     .source = HEADLENS_TEXT("Methods", "Ours; the ablation of tokens by attention masks"),
     .unit = "score",
     .over = "run",
     .isSigned = true,
     .ofScore = true},
    needsOneKindOfToken,
    sweepPatchesOf,
    [](const Run& run, const verbs::MapQuestion&) {
        const TokenStream& stream = run.tensors().result.trace.streams.front();
        return MethodCost{double(stream.tokens() - stream.prefix), 0};
    },
    {{.title = HEADLENS_TEXT("Methods", "what the score loses"), .parts = {"effects"}, .columns = "patch"}}};

} // namespace headlens::interventions
