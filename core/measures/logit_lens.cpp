// SPDX-License-Identifier: GPL-3.0-or-later
// Logit lens (nostalgebraist 2020): what the classifier would say of every token behind every block, through the final
// norm.
#include "core/base/error.h"
#include "core/measures/measures.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

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

MethodResult logitLensOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const RunTensors& tensors = run.tensors();
    const auto hidden = tensors.result.trace.hidden.find(tensors.result.trace.streams.front().name);
    if (hidden == tensors.result.trace.hidden.end())
        throw Error(ErrorCode::NotEnoughMemory, "hidden states", "were not kept, because memory was short",
                    "use a smaller picture or close other programs");
    const at::Tensor last = run.model().transformer().classScores(hidden->second.back()[0]);
    if (!last.defined())
        throw Error(ErrorCode::BadRequest, run.modelInfo().name, "has no classifier that reads one token",
                    "open a ViT or DeiT with a classifier");
    const std::int64_t target = asked.score.target < 0
                                    ? tensors.result.outputs.at("logits")[0].argmax().item<std::int64_t>()
                                    : asked.score.target;
    if (target >= last.size(-1))
        throw Error(ErrorCode::BadRequest, "class " + std::to_string(target),
                    "there are " + std::to_string(last.size(-1)));
    std::vector<at::Tensor> ofTarget, ofClass, best;
    for (std::size_t i = 0; i < hidden->second.size(); ++i) {
        control.checkpoint(int(i), int(hidden->second.size()), "measure");
        const at::Tensor scores = run.model().transformer().classScores(hidden->second[i][0]); // [T,C]
        ofTarget.push_back(scores.select(-1, target));
        ofClass.push_back(scores[0]);
        best.push_back(surest(scores));
    }
    MethodResult result;
    result.parts = {
        {"lens.target", at::stack(ofTarget)}, {"lens.cls", at::stack(ofClass)}, {"lens.top", at::stack(best)}};
    return result;
}

std::string needsClassifier(const ModelFacts& model)
{
    return model.classes > 0 && model.takesPictures()
               ? ""
               : HEADLENS_TEXT("Methods", "open a ViT or DeiT with a classifier");
}

} // namespace

const Method logitLens{{.id = "logit-lens",
                        .title = HEADLENS_TEXT("Methods", "logit lens"),
                        .says = HEADLENS_TEXT("Methods", "What the classifier would say of every token behind every "
                                                         "block"),
                        .unit = "score",
                        .over = "run"},
                       needsClassifier,
                       logitLensOf};

} // namespace headlens::measures
