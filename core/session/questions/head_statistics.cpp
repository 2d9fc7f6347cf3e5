// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"
#include "core/tensors/runtime.h"
#include "core/trace/head_means.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

namespace headlens::questions {

verbs::HeadNumbers headStatistics(const Run& run, const verbs::HeadQuestion& asked, const JobControl& control)
{
    const c10::InferenceMode inference;
    const SerialOperators serial; // many small ones: threads would wait for each other most of the time
    const auto stopIfCancelled = [&control] {
        if (control.cancelled && control.cancelled()) throw Error(ErrorCode::Cancelled, {}, "cancelled");
    };
    const HeadMeans means = headMeans(blockOf(run, asked.layer), mapOf(run, asked.layer), stopIfCancelled);
    std::vector<at::Tensor> columns;
    for (const at::Tensor& each : {means.entropy, means.distance, means.firstToken, means.itself})
        columns.push_back(each.cpu());
    return {asked.layer, toArray(at::stack(columns, 1))};
}

} // namespace headlens::questions
