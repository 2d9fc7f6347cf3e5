// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/attribution/effective_map.h"
#include "core/session/questions/heads.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

namespace headlens::questions {

verbs::OverviewMap overview(const Run& run, const verbs::Overview& asked)
{
    const c10::InferenceMode inference;
    const AttentionRecord& record = blockOf(run, asked.layer);
    const BlockMap map = mapOf(run, asked.layer);
    if (asked.kind == "effective") {
        const int firstWidth = run.info.gridWidth;
        return {asked, toArray(effectiveMap(run.tensors().result.trace, asked.layer,
                                            asked.token < 0 ? -1 : map.covering(asked.token, firstWidth)))};
    }
    const headlens::Overview what = overviewFrom(asked.kind);
    requireHead(record, asked.head);
    if (map.gridHeight == 0 || record.kind != AttentionKind::Self) // one number a token, in a line
        return {asked, toArray(overviewOf(record, what, fusionFrom(asked.fusion), asked.head).unsqueeze(0))};
    at::Tensor found = overviewOf(record, map, what, fusionFrom(asked.fusion), asked.head);
    if (what == headlens::Overview::Distance)
        found = found * double(run.modelInfo().patch << map.halvings); // to pixels
    return {asked, toArray(found.view({map.gridHeight, map.gridWidth}))};
}

} // namespace headlens::questions
