// SPDX-License-Identifier: GPL-3.0-or-later
// The cosine of every projected patch with a text (CLIP, SigLIP).
#include "core/attribution/methods.h"
#include "core/base/error.h"

#include <ATen/ATen.h>

namespace headlens::methods {
namespace {

MethodResult similarityOf(const Run& run, const verbs::MapQuestion& asked, const JobControl&)
{
    const ForwardResult& pass = run.tensors().result;
    const auto texts = pass.outputs.find("text_embeds");
    const int candidate = asked.score.candidate;
    if (!pass.patchEmbeds.defined() || texts == pass.outputs.end())
        throw Error(ErrorCode::BadRequest, "similarity to the text", "needs a picture and a text", "give it both");
    if (candidate < 0 || candidate >= texts->second.size(0))
        throw Error(ErrorCode::BadRequest, "text " + std::to_string(candidate),
                    "there are " + std::to_string(texts->second.size(0)));
    MethodResult result;
    const at::Tensor cosine = at::mv(pass.patchEmbeds[0], texts->second[candidate]);
    result.map = cosine.view({run.info.gridHeight, run.info.gridWidth});
    result.explained.target = candidate;
    const auto& scored = run.info.outputs.get<verbs::Similarity>().texts;
    if (std::size_t(candidate) < scored.size()) {
        result.explained.label = scored[std::size_t(candidate)].text;
        result.explained.score = scored[std::size_t(candidate)].score;
    }
    return result;
}

std::string needsTexts(const ModelFacts& model)
{
    return model.text.compares
               ? ""
               : HEADLENS_TEXT("Methods", "open a model that compares texts with pictures, such as CLIP");
}

} // namespace

const Method similarity{
    {.id = "similarity",
     .title = HEADLENS_TEXT("Methods", "similarity to the text"),
     .says =
         HEADLENS_TEXT("Methods", "The cosine of every patch with a text, in the space where the model compares them"),
     .caption = HEADLENS_TEXT("Methods", "How much each patch has to do with “%1”: the cosine of the two"),
     .formula = "cos(patch, text) in the space where both are compared",
     .source = HEADLENS_TEXT("Methods", "Radford and others 2021, arXiv 2103.00020"),
     .unit = "cosine",
     .over = "run",
     .isSigned = true,
     .ofScore = true},
    needsTexts,
    similarityOf};

} // namespace headlens::methods
