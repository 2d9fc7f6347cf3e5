// SPDX-License-Identifier: GPL-3.0-or-later
// str.split(), str.partition() and str.format()
#pragma once

#include "core/text/chat/callable.h"

namespace headlens::text::chat {

// At `separator`, or at runs of space where it is nullptr; at most `most` times, without end where that is negative.
Value splitText(Budget& budget, std::u32string_view text, const std::u32string* separator, std::int64_t most,
                bool fromRight);
Value partitionText(Budget& budget, const Value& text, const std::u32string& separator, bool fromRight);
// "{} {0} {name}"; without conversions and forms.
Value formatBraces(const Call& call);

} // namespace headlens::text::chat
