// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"

namespace headlens::questions {

verbs::BiasTables positionBias(const Run& run, const verbs::PositionBias& asked)
{
    const AttentionRecord& block = blockOf(run, asked.layer);
    return {asked.layer, block.biasTable.defined() ? toArray(block.biasTable) : FloatArray()};
}

} // namespace headlens::questions
