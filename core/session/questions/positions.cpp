// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

namespace headlens::questions {

verbs::Positions positions(const Run& run, const verbs::PositionsQuestion& asked)
{
    const c10::InferenceMode inference;
    const TokenStream& stream = streamOf(run, asked.stream);
    const PositionTable table = run.model().transformer().positionTable(stream);
    verbs::Positions answer;
    answer.kind = table.kind;
    if (table.rows.defined()) {
        const at::Tensor rows = table.rows.to(at::kCPU, at::kFloat).contiguous();
        answer.rows = int(rows.size(0));
        answer.width = int(rows.size(1));
        answer.table = toArray(rows);
        const at::Tensor unit = rows / rows.norm(2, -1, /*keepdim=*/true).clamp_min(1e-12);
        answer.similarity = toArray(at::matmul(unit, unit.t()));
    }
    const AttentionRecord& record = blockOf(run, asked.layer);
    if (record.bias.defined() && record.bias.size(0) == 1 && !record.windows && stream.gridHeight == 0 &&
        record.bias.size(2) == record.bias.size(3)) {
        const at::Tensor bias = record.bias[0].to(at::kCPU, at::kFloat); // [H,n,n]
        const std::int64_t n = bias.size(1);
        // The last row holds distances -(n-1)..0, the first one 0..n-1.
        answer.bias = toArray(at::cat({bias.select(1, n - 1), bias.select(1, 0).slice(1, 1)}, 1));
    }
    return answer;
}

} // namespace headlens::questions
