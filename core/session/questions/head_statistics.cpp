// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"
#include "core/trace/head_means.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

namespace headlens::questions {

verbs::HeadNumbers headStatistics(const Run& run, const verbs::HeadQuestion& asked)
{
    const c10::InferenceMode inference;
    const HeadMeans means = headMeans(blockOf(run, asked.layer), mapOf(run, asked.layer));
    std::vector<at::Tensor> columns;
    for (const at::Tensor& each : {means.entropy, means.distance, means.firstToken, means.itself})
        columns.push_back(each.cpu());
    return {asked.layer, toArray(at::stack(columns, 1))};
}

} // namespace headlens::questions
