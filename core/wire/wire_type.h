// SPDX-License-Identifier: GPL-3.0-or-later
// What a struct that travels as JSON declares in its header. Its fields are listed once, in the .cpp beside it
// (core/wire/wire_fields.h): a header that spelled the conversions out cost every file that includes it two seconds.
#pragma once

#include "core/wire/json_fwd.h"

// to_json writes every field; from_json keeps the default of a field that is absent and throws nlohmann's exception
// for one of the wrong kind. Stands behind the struct, in its namespace.
#define HEADLENS_WIRE_TYPE(Type)                                                                                       \
    void to_json(nlohmann::json& json, const Type& value);                                                             \
    void from_json(const nlohmann::json& json, Type& value);
