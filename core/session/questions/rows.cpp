// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/base/error.h"
#include "core/kernels/workers.h"
#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

namespace headlens::questions {
namespace {

// The row or column of `token` in one block; undefined where its stream takes no part on that side.
at::Tensor rowOf(const AttentionRecord& record, const BlockMap& map, const verbs::Rows& asked, const PictureGrid& first)
{
    if ((asked.reverse ? record.keyStream : record.queryStream) != asked.stream) return {};
    if (record.kind == AttentionKind::Self)
        return tokenRow(record, map, map.parentToken(asked.token, first), asked.reverse);
    if (record.kind == AttentionKind::Pool && asked.reverse) return {}; // it gathers; no token asks through it
    const AttentionRecord one = batchEntry(record, 0);
    if (asked.reverse) return attentionColumn(one, asked.token)[0];
    const std::int64_t query = record.kind == AttentionKind::Pool ? 0 : asked.token; // one learnt query for all
    return attentionRows(one, query, query + 1)[0].squeeze(1);
}

} // namespace

verbs::RowsOfLayers rows(const Run& run, const verbs::Rows& asked)
{
    const c10::InferenceMode inference;
    const TokenStream& stream = streamOf(run, asked.stream);
    if (asked.token < 0 || asked.token >= stream.tokens())
        throw Error(ErrorCode::BadRequest, "token " + std::to_string(asked.token),
                    "there are " + std::to_string(stream.tokens()));
    std::vector<FloatArray> all(run.tensors().result.trace.blocks.size(), FloatArray({0, 0}, {}));
    const auto fill = [&](std::int64_t begin, std::int64_t end) {
        const c10::InferenceMode inside; // belongs to the thread
        for (int layer = int(begin); layer < int(end); ++layer) {
            const at::Tensor found = rowOf(blockOf(run, layer), mapOf(run, layer), asked, stream.grid()); // [H,tokens]
            if (found.defined()) all[std::size_t(layer)] = toArray(found);
        }
    };
    const auto layers = std::int64_t(all.size());
    if (asked.reverse || run.modelInfo().device != "cpu")
        fill(0, layers); // each layer is work for all threads
    else
        parallelFor(layers, 1, fill);
    return {asked, std::move(all)};
}

} // namespace headlens::questions
