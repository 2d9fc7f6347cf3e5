// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/difference.h"

#include "core/base/error.h"
#include "core/session/run_tensors.h"
#include "core/wire/block_grid.h"

#include <algorithm>

namespace headlens::questions {

void requireComparable(const Run& now, const Run& baseline)
{
    if (!std::ranges::equal(now.info.blocks, baseline.info.blocks, areAlike))
        throw Error(ErrorCode::BadRequest, "comparison", "the held run has other layers, heads or tokens",
                    "hold a run of the same architecture with as many tokens");
}

int headsOf(const Run& run, int layer)
{
    return int(blockOf(run, layer).heads());
}

void subtract(FloatArray& now, const FloatArray& then)
{
    for (std::size_t i = 0; i < now.values.size() && i < then.values.size(); ++i) now.values[i] -= then.values[i];
}

void subtract(std::vector<FloatArray>& now, const std::vector<FloatArray>& then)
{
    for (std::size_t i = 0; i < now.size() && i < then.size(); ++i) subtract(now[i], then[i]);
}

void keepExtreme(FloatArray& kept, const FloatArray& other, HeadFusion fusion)
{
    for (std::size_t i = 0; i < std::min(kept.values.size(), other.values.size()); ++i)
        kept.values[i] = fusion == HeadFusion::Max ? std::max(kept.values[i], other.values[i])
                                                   : std::min(kept.values[i], other.values[i]);
}

void keepExtreme(std::vector<FloatArray>& kept, const std::vector<FloatArray>& other, HeadFusion fusion)
{
    for (std::size_t i = 0; i < kept.size() && i < other.size(); ++i) keepExtreme(kept[i], other[i], fusion);
}

} // namespace headlens::questions
