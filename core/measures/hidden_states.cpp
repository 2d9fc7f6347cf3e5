// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/hidden_states.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

namespace headlens {

std::vector<at::Tensor> hiddenOfFirstStream(const Run& run)
{
    const Trace& trace = run.tensors().result.trace;
    const auto hidden = trace.hidden.find(trace.streams.front().name);
    if (hidden == trace.hidden.end())
        throw Error(ErrorCode::NotEnoughMemory, "hidden states", "were not kept, because memory was short",
                    "use a smaller picture or close other programs");
    std::vector<at::Tensor> all;
    for (const at::Tensor& state : hidden->second) all.push_back(state[0].to(at::kCPU, at::kDouble));
    return all;
}

} // namespace headlens
