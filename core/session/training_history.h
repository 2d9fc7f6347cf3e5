// SPDX-License-Identifier: GPL-3.0-or-later
// history.json beside the weights: how a training went, as verbs::History says it. No torch.
#pragma once

#include "core/wire/verbs_model.h"

#include <string>
#include <string_view>

namespace headlens {

std::string historyFileOf(const std::string& modelPath);

// Throws Error(BadConfig), which begins with `subject`, where numbers are missing, not finite or out of order, bars are
// no distribution, or a picture is too large or has too few bytes.
verbs::History parseHistory(std::string_view text, const std::string& subject);

// Throws Error(FileMissing | WrongContent | BadConfig) for a file that is absent, larger than 8 MB or no history.
verbs::History readHistory(const std::string& path);

} // namespace headlens
