// SPDX-License-Identifier: GPL-3.0-or-later
// JSON whose objects keep the order of their keys, for what prints them again.
#pragma once

#include "core/wire/safe_json.h"

namespace headlens {

using OrderedJson = nlohmann::ordered_json;

// As parseJsonObject(), of any value.
OrderedJson parseOrderedJson(std::string_view text, const std::string& subject, const JsonLimits& limits = {});

} // namespace headlens
