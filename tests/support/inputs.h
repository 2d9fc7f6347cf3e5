// SPDX-License-Identifier: GPL-3.0-or-later
// Requests as tests ask them.
#pragma once

#include "core/wire/verbs.h"

#include <cstdint>
#include <string>

namespace headlens::test {

inline verbs::SetInput picture(const std::string& name, const std::string& fit = "trained", double maskRatio = -1,
                               std::uint64_t maskSeed = 0)
{
    verbs::SetInput request;
    request.name = name;
    request.fit = fit;
    request.maskRatio = maskRatio;
    request.maskSeed = maskSeed;
    return request;
}

inline verbs::SetInput asked(const std::string& text, const std::string& written = {})
{
    verbs::SetInput request;
    request.text = text;
    request.written = written;
    return request;
}

inline verbs::Generate greedy(int atMost)
{
    verbs::Generate request;
    request.atMost = atMost;
    return request;
}

} // namespace headlens::test
