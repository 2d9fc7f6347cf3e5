// SPDX-License-Identifier: GPL-3.0-or-later
// A history.json: whatever is accepted has one value, row and frame a step.
#include "core/base/error.h"
#include "core/session/training_history.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace headlens;
    try {
        const verbs::History history = parseHistory({reinterpret_cast<const char*>(data), size}, "fuzz");
        if (history.steps.empty()) __builtin_trap();
        for (const verbs::HistoryCurve& curve : history.curves)
            if (curve.values.size() != history.steps.size()) __builtin_trap();
        for (const verbs::HistoryBars& bars : history.bars)
            if (bars.values.size() != history.steps.size()) __builtin_trap();
        for (const verbs::HistoryPicture& picture : history.pictures)
            if (picture.frames.size() != 1 && picture.frames.size() != history.steps.size()) __builtin_trap();
    } catch (const Error&) {
    }
    return 0;
}
