// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/session/memory.h"
#include "core/session/questions/heads.h"
#include "core/tensors/bridge.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>

namespace headlens::questions {

verbs::TileMeans tile(const Run& run, const verbs::Tile& asked)
{
    const c10::InferenceMode inference;
    const AttentionRecord& record = blockOf(run, asked.layer);
    const HeadFusion fusion = fusionFrom(asked.fusion);
    requireHead(record, asked.head);
    if (asked.window < 0 || (record.windows && asked.window >= record.windows->windows()))
        throw Error(ErrorCode::BadRequest, "window " + std::to_string(asked.window), "does not exist");
    AttentionRecord chosen = record.windows ? batchEntry(record, asked.window) : record;
    if (fusion == HeadFusion::Single) {
        const std::int64_t keyHead = record.keyHeadOf(asked.head);
        chosen.q = chosen.q.narrow(1, asked.head, 1);
        chosen.k = chosen.k.narrow(1, keyHead, 1);
        if (chosen.bias.defined() && chosen.bias.size(1) > 1) chosen.bias = chosen.bias.narrow(1, asked.head, 1);
    }
    const auto clip = [](int value, std::int64_t count) { return std::clamp<std::int64_t>(value, 0, count); };
    const TileArea area{clip(asked.queryBegin, record.queries()),
                        clip(asked.queryEnd, record.queries()),
                        clip(asked.keyBegin, record.keys()),
                        clip(asked.keyEnd, record.keys()),
                        asked.rows,
                        asked.columns};
    return {asked, toArray(attentionTile(chosen, area, fusion)[0])};
}

FloatArray wholeMap(const Run& run, int layer, int head, const std::string& fusion, int window)
{
    const AttentionRecord& block = blockOf(run, layer);
    const int queries = int(block.queries()), keys = int(block.keys());
    requireMemory(std::uint64_t(queries) * std::uint64_t(keys) * 16,
                  "the whole map"); // pieces, their sum and the copy
    return tile(run, {layer, head, fusion, window, 0, queries, 0, keys, queries, keys}).means;
}

} // namespace headlens::questions
