// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/token_measure.h"

#include "core/session/questions/heads.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

namespace headlens::questions {

at::Tensor tokenMeasure(const Run& run, Overview what, int layer, int head, const std::string& fusion)
{
    const c10::InferenceMode inference;
    const AttentionRecord& record = blockOf(run, layer);
    const BlockMap map = mapOf(run, layer);
    requireHead(record, head);
    if (map.grid.rows == 0 || record.kind != AttentionKind::Self) // one number a token, in a line
        return overviewOf(record, what, fusionFrom(fusion), head);
    at::Tensor found = overviewOf(record, map, what, fusionFrom(fusion), head);
    if (what == Overview::Distance) found = found * double(map.grid.cell); // to pixels
    return found.view({map.grid.rows, map.grid.columns});
}

} // namespace headlens::questions
