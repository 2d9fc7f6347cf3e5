// SPDX-License-Identifier: GPL-3.0-or-later
// Logit lens (nostalgebraist 2020): what the classifier, or the head over the vocabulary, would say of every token
// behind every block, through the final norm; and at which place the explained answer stands there.
#include "core/attribution/scored_model.h"
#include "core/base/error.h"
#include "core/measures/measures.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens::measures {
namespace {

// The best class of every token, -1 where two of them lie closer than what float32 can tell: [T].
at::Tensor surest(const at::Tensor& scores)
{
    constexpr double kTooClose = 1e-3;
    const auto [values, classes] = scores.topk(std::min<std::int64_t>(2, scores.size(-1)), -1);
    at::Tensor best = classes.select(-1, 0).clone();
    if (values.size(-1) > 1) best.masked_fill_(values.select(-1, 0) - values.select(-1, 1) < kTooClose, -1);
    return best;
}

// Scores of any features [n,D] -> [n,C]: of the classes, of a text of the vocabulary.
at::Tensor scoresOf(const TransformerModel& model, const at::Tensor& features)
{
    return model.facts().takesPictures() ? model.classScores(features) : model.vocabularyScores(features);
}

// The class or piece whose place is followed.
verbs::TokenMap explainedOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    if (!run.model().facts().takesPictures()) return ScoredModel(run, asked.score, control).said();
    const at::Tensor logits = run.tensors().result.outputs.at("logits")[0];
    verbs::TokenMap said;
    said.target = asked.score.target < 0 ? int(logits.argmax().item<std::int64_t>()) : asked.score.target;
    if (said.target >= logits.size(-1))
        throw Error(ErrorCode::BadRequest, "class " + std::to_string(said.target),
                    "there are " + std::to_string(logits.size(-1)));
    said.label = run.model().loaded.classLabel(said.target);
    said.score = logits[said.target].item<double>();
    return said;
}

// What the head says behind one block [T] each.
struct Seen {
    at::Tensor ofTarget, best, rank; // its score; the surest class; the place of the target, from 1
};

// Chunk by chunk: scores over a vocabulary are many.
Seen seenIn(const TransformerModel& model, const at::Tensor& state, std::int64_t target, std::int64_t classes)
{
    constexpr std::int64_t kAtOnce = 1 << 24; // scores, 64 MB
    const std::int64_t lines = std::max<std::int64_t>(1, kAtOnce / classes);
    std::vector<at::Tensor> ofTarget, best, rank;
    for (std::int64_t begin = 0; begin < state.size(0); begin += lines) {
        const at::Tensor scores =
            scoresOf(model, state.slice(0, begin, std::min(begin + lines, state.size(0)))); // [n,C]
        ofTarget.push_back(scores.select(-1, target));
        best.push_back(surest(scores));
        rank.push_back(scores.gt(ofTarget.back().unsqueeze(-1)).sum(-1) + 1);
    }
    return {at::cat(ofTarget), at::cat(best), at::cat(rank)};
}

MethodResult logitLensOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const RunTensors& tensors = run.tensors();
    const TransformerModel& model = run.model().transformer();
    const auto hidden = tensors.result.trace.hidden.find(tensors.result.trace.streams.front().name);
    if (hidden == tensors.result.trace.hidden.end())
        throw Error(ErrorCode::NotEnoughMemory, "hidden states", "were not kept, because memory was short",
                    "use a smaller picture or close other programs");
    const at::Tensor first = scoresOf(model, hidden->second.back()[0].slice(0, 0, 1));
    if (!first.defined())
        throw Error(ErrorCode::BadRequest, run.modelInfo().name, "has no head that reads one token",
                    "open a ViT or DeiT with a classifier, or a model that writes");
    MethodResult result;
    result.explained = explainedOf(run, asked, control);
    std::vector<at::Tensor> ofTarget, ofClass, best, rank;
    for (std::size_t i = 0; i < hidden->second.size(); ++i) {
        control.checkpoint(int(i), int(hidden->second.size()), "measure");
        const at::Tensor state = hidden->second[i][0];
        const Seen seen = seenIn(model, state, result.explained.target, first.size(-1));
        ofTarget.push_back(seen.ofTarget);
        best.push_back(seen.best);
        rank.push_back(seen.rank);
        if (model.facts().takesPictures()) ofClass.push_back(scoresOf(model, state.slice(0, 0, 1))[0]);
    }
    result.parts = {{"lens.target", at::stack(ofTarget)}, {"lens.top", at::stack(best)}};
    if (!ofClass.empty()) result.parts["lens.cls"] = at::stack(ofClass);
    result.shown["rank"] = at::stack(rank);
    return result;
}

// Of a small model the head over the vocabulary is about a third.
MethodCost costOfHeads(const Run& run, const verbs::MapQuestion&)
{
    constexpr double kShare = 0.3;
    const bool isText = !run.model().facts().takesPictures();
    return {isText ? kShare * double(run.tensors().result.trace.blocks.size() + 1) : 0, 0};
}

std::string needsHeadOfTokens(const ModelFacts& model)
{
    const bool classifies = model.classes > 0 && model.takesPictures();
    const bool writes = model.text.writes && !model.text.isEncoderDecoder && !model.takesPictures();
    return classifies || writes
               ? ""
               : HEADLENS_TEXT("Methods", "open a ViT or DeiT with a classifier, or a model that writes");
}

} // namespace

const Method logitLens{{.id = "logit-lens",
                        .title = HEADLENS_TEXT("Methods", "logit lens"),
                        .says = HEADLENS_TEXT("Methods", "What the classifier would say of every token behind every "
                                                         "block"),
                        .formula = "W LN(x_i) of every token i behind every block",
                        .source = "nostalgebraist 2020, interpreting GPT: the logit lens",
                        .unit = "score",
                        .over = "run"},
                       needsHeadOfTokens,
                       logitLensOf,
                       costOfHeads,
                       {{.title = HEADLENS_TEXT("Methods", "place of the answer"),
                         .parts = {"rank"},
                         .rows = "state",
                         .columns = "token",
                         .unit = "place",
                         .texts = "lens.top",
                         .isRank = true},
                        {.title = HEADLENS_TEXT("Methods", "score of the answer"),
                         .parts = {"lens.target"},
                         .rows = "state",
                         .columns = "token",
                         .texts = "lens.top"}}};

} // namespace headlens::measures
