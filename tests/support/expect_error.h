// SPDX-License-Identifier: GPL-3.0-or-later
// Runs something that must fail and answers the code of its Error.
#pragma once

#include "core/base/error.h"

#include <functional>
#include <optional>

namespace headlens::test {

inline std::optional<ErrorCode> errorOf(const std::function<void()>& work)
{
    try {
        work();
    } catch (const Error& error) {
        return error.code();
    }
    return std::nullopt;
}

} // namespace headlens::test
