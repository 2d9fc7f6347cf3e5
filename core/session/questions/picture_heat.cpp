// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/base/error.h"
#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

namespace headlens::questions {

verbs::PatchHeat pictureHeat(const Run& run, const verbs::PictureHeat& asked)
{
    const c10::InferenceMode inference;
    const ForwardResult& result = run.tensors().result;
    const auto& outputs = result.outputs;
    const auto texts = outputs.find("text_embeds");
    if (!result.patchEmbeds.defined() || texts == outputs.end())
        throw Error(ErrorCode::BadRequest, "text on the picture", "needs a model that compares texts with pictures",
                    "open a CLIP or SigLIP model with a picture and a text");
    if (asked.candidate < 0 || asked.candidate >= texts->second.size(0))
        throw Error(ErrorCode::BadRequest, "text " + std::to_string(asked.candidate),
                    "there are " + std::to_string(texts->second.size(0)));
    const verbs::InputInfo& info = run.info;
    const at::Tensor cosine = at::mv(result.patchEmbeds[0], texts->second[asked.candidate]);
    return {toArray(cosine.view({info.gridHeight, info.gridWidth}))};
}

} // namespace headlens::questions
