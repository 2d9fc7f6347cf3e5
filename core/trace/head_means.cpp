// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/head_means.h"

#include "core/trace/measured_rows.h"
#include "core/trace/row_walk.h"

#include <ATen/ATen.h>

namespace headlens {

HeadMeans headMeans(const AttentionRecord& record, const BlockMap& map, const std::function<void()>& between)
{
    const RowWalk rows(record, map);
    RunningMean entropy, distance, first, itself;
    rows.walk(between, [&](const RowChunk& some) {
        const at::Tensor &probs = some.probs, &all = some.counted;
        if (rows.isShare()) entropy.add(measuredRows(probs, Overview::Entropy, {}, some.begin, 0), all);
        if (rows.hasDistance())
            distance.add(measuredRows(probs, Overview::Distance, some.patches, some.begin, rows.map().grid.columns),
                         all * patchesIn(some.patches, some.begin, some.end).to(all.device()));
        if (rows.first() >= 0) first.add(probs.select(-1, rows.first()), all);
        if (rows.sameTokens()) itself.add(probs.diagonal(some.begin, 1, 2), all);
    });
    const std::int64_t heads = record.heads();
    return {entropy.mean(heads), distance.mean(heads), first.mean(heads), itself.mean(heads)};
}

} // namespace headlens
