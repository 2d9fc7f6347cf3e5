// SPDX-License-Identifier: GPL-3.0-or-later
// JSON from files and peers: size, depth, duplicate keys and number kinds are checked before a tree is built.
#pragma once

#include "core/wire/json_fwd.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace headlens {

struct JsonLimits {
    std::size_t bytes = 16U << 20; // a config.json with 21,000 class names is about 1 MB
    int depth = 32;
};

// Parses `text` as one JSON object. Throws Error with `subject`: BadHeader when it is no JSON or not UTF-8, BadConfig
// when it is too large, too deep, not an object, holds a NUL byte or a duplicate key.
Json parseJsonObject(std::string_view text, const std::string& subject, const JsonLimits& limits = {});

} // namespace headlens
