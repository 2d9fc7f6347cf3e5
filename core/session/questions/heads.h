// SPDX-License-Identifier: GPL-3.0-or-later
// Heads and fusions as questions name them. Private to core/session/questions.
#pragma once

#include "core/base/attention_math.h"
#include "core/base/error.h"
#include "core/session/run_tensors.h"

#include <string>

namespace headlens::questions {

// Throws Error(BadRequest).
inline HeadFusion fusionFrom(const std::string& name)
{
    const auto fusion = headFusionFrom(name);
    if (!fusion) throw Error(ErrorCode::BadRequest, "fusion", "\"" + name + "\" is not single, mean, max or min");
    return *fusion;
}

// Throws Error(BadRequest).
inline void requireHead(const AttentionRecord& block, int head)
{
    if (head < 0 || head >= block.heads())
        throw Error(ErrorCode::BadRequest, "head " + std::to_string(head),
                    "there are " + std::to_string(block.heads()) + " heads");
}

} // namespace headlens::questions
