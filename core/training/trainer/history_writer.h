// SPDX-License-Identifier: GPL-3.0-or-later
// What a training leaves behind for the view "Training": history.json beside the weights. No torch.
#pragma once

#include "core/text/base64.h"
#include "core/wire/safe_json.h"
#include "core/wire/verbs_model.h"

#include <cmath>
#include <cstdint>
#include <span>
#include <string>

namespace headlens {

// As the file says it; core/session/training_history.h says what may stand in it.
inline std::string historyText(const verbs::History& history)
{
    return Json(history).dump() + "\n";
}

// Fewer digits make smaller files: a number a step is told with four decimals.
inline double fourDecimals(double value)
{
    return std::round(value * 1e4) / 1e4 + 0.0; // never -0
}

// One frame of a HistoryPicture.
inline std::string historyFrame(std::span<const std::uint8_t> bytes)
{
    return text::encodeBase64(bytes);
}

} // namespace headlens
