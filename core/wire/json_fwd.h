// SPDX-License-Identifier: GPL-3.0-or-later
// The name of a JSON value, for headers that only pass references on; core/wire/safe_json.h has the value itself.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace headlens {

using Json = nlohmann::json;

} // namespace headlens
