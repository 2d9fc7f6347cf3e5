// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interventions/other_input.h"

#include "core/base/error.h"
#include "core/session/forward_pass.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

namespace headlens {

ModelInput otherInput(const Run& run)
{
    const auto taken = [&](const char* name) {
        const auto hit = run.tensors().extras.find(std::string("other.") + name);
        return hit == run.tensors().extras.end() ? at::Tensor() : hit->second;
    };
    const auto whole = [&](const char* name) {
        const at::Tensor t = taken(name);
        return t.defined() ? t.to(at::kLong) : t;
    };
    ModelInput other{
        taken("pixel_values"), whole("input_ids"), whole("attention_mask"), whole("token_type_ids"), {}, {}};
    const ModelInput& own = run.tensors().in;
    if (own.pixels.defined() != other.pixels.defined() || own.ids.defined() != other.ids.defined())
        throw Error(ErrorCode::BadRequest, "the other input", "is missing or of another kind or model",
                    "hold a run of the same model, or give it as other.pixel_values or other.input_ids with --inputs");
    return onDevice(run.model(), firstOfBatch(other));
}

} // namespace headlens
