// SPDX-License-Identifier: GPL-3.0-or-later
// Reads optional keys of one JSON object of a config.json, each with its range. A value of the wrong kind or out of
// range is an Error(BadConfig) that names the key. Keys that are absent or null keep the fallback.
#pragma once

#include "core/wire/json_fwd.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace headlens {

class JsonFields {
public:
    // Both must outlive the reader.
    JsonFields(const Json& json, const std::string& subject) : m_json(json), m_subject(subject) {}

    bool present(const char* key) const;
    std::int64_t integer(const char* key, std::int64_t fallback, std::int64_t low, std::int64_t high) const;
    double real(const char* key, double fallback, double low, double high) const;
    bool flag(const char* key, bool fallback) const;
    std::string text(const char* key, const std::string& fallback) const;
    // One number or [height, width].
    std::pair<std::int64_t, std::int64_t> size(const char* key, std::int64_t fallback, std::int64_t high) const;
    // A list of integers; at most `most` of them.
    std::vector<std::int64_t> integers(const char* key, const std::vector<std::int64_t>& fallback, std::int64_t low,
                                       std::int64_t high, std::size_t most) const;
    // Exactly `count` numbers.
    std::vector<double> reals(const char* key, const std::vector<double>& fallback, std::size_t count) const;

    [[noreturn]] void refuse(const std::string& why) const;

private:
    std::int64_t integerOf(const Json& value, const char* key, std::int64_t low, std::int64_t high) const;

    const Json& m_json;
    const std::string& m_subject;
};

} // namespace headlens
