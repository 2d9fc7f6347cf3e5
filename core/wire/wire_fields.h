// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a struct that travels as JSON, each under its own name. For .cpp files only.
#pragma once

#include <nlohmann/json.hpp>

// Of a struct without fields of its own in the body: everything travels as tensors, or nothing does.
#define HEADLENS_WIRE_EMPTY(Type)                                                                                      \
    void to_json(nlohmann::json& json, const Type& /*value*/)                                                          \
    {                                                                                                                  \
        json = nlohmann::json::object();                                                                               \
    }                                                                                                                  \
    void from_json(const nlohmann::json& /*json*/, Type& /*value*/) {}

// Of an answer whose body is the question it answers.
#define HEADLENS_WIRE_AS(Type, field)                                                                                  \
    void to_json(nlohmann::json& json, const Type& value)                                                              \
    {                                                                                                                  \
        json = value.field;                                                                                            \
    }                                                                                                                  \
    void from_json(const nlohmann::json& json, Type& value)                                                            \
    {                                                                                                                  \
        json.get_to(value.field);                                                                                      \
    }

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
