// SPDX-License-Identifier: GPL-3.0-or-later
// A foreign regular expression, run by ICU under a limit on time and stack.
#pragma once

#include "core/text/pattern.h"

namespace headlens::text {

// Throws Error(BadConfig) with ICU's reason when `expression` is none, or longer than 8 KB.
std::shared_ptr<const Pattern> compileRegex(const std::string& expression, const std::string& subject);

} // namespace headlens::text
