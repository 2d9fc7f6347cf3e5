// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a struct that travels as JSON, each under its own name. For .cpp files only.
#pragma once

#include <nlohmann/json.hpp>

// Defines what HEADLENS_WIRE_TYPE(Type) declares. The names of the arguments are those that nlohmann's macros expect.
#define HEADLENS_WIRE_FIELDS(Type, ...)                                                                                \
    void to_json(nlohmann::json& nlohmann_json_j, const Type& nlohmann_json_t)                                         \
    {                                                                                                                  \
        NLOHMANN_JSON_EXPAND(NLOHMANN_JSON_PASTE(NLOHMANN_JSON_TO, __VA_ARGS__))                                       \
    }                                                                                                                  \
    void from_json(const nlohmann::json& nlohmann_json_j, Type& nlohmann_json_t)                                       \
    {                                                                                                                  \
        const Type nlohmann_json_default_obj;                                                                          \
        NLOHMANN_JSON_EXPAND(NLOHMANN_JSON_PASTE(NLOHMANN_JSON_FROM_WITH_DEFAULT, __VA_ARGS__))                        \
    }
