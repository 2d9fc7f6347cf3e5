// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/json_fields.h"

#include "core/base/error.h"
#include "core/wire/safe_json.h"

#include <fmt/format.h>

namespace headlens {

bool JsonFields::present(const char* key) const
{
    return m_json.contains(key) && !m_json[key].is_null();
}

void JsonFields::refuse(const std::string& why) const
{
    throw Error(ErrorCode::BadConfig, m_subject, why, "check config.json or download it again");
}

std::int64_t JsonFields::integerOf(const Json& value, const char* key, std::int64_t low, std::int64_t high) const
{
    if (!value.is_number_integer()) refuse(std::string(key) + " is no integer");
    const bool huge = value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t(INT64_MAX);
    const std::int64_t number = huge ? INT64_MAX : value.get<std::int64_t>();
    if (number < low || number > high) refuse(fmt::format("{} is {}, outside {} to {}", key, value.dump(), low, high));
    return number;
}

std::int64_t JsonFields::integer(const char* key, std::int64_t fallback, std::int64_t low, std::int64_t high) const
{
    return present(key) ? integerOf(m_json[key], key, low, high) : fallback;
}

double JsonFields::real(const char* key, double fallback, double low, double high) const
{
    if (!present(key)) return fallback;
    if (!m_json[key].is_number()) refuse(std::string(key) + " is no number");
    const double number = m_json[key].get<double>();
    if (!(number >= low && number <= high)) refuse(std::string(key) + " is out of range");
    return number;
}

bool JsonFields::flag(const char* key, bool fallback) const
{
    if (!present(key)) return fallback;
    if (!m_json[key].is_boolean()) refuse(std::string(key) + " is neither true nor false");
    return m_json[key].get<bool>();
}

std::string JsonFields::text(const char* key, const std::string& fallback) const
{
    if (!present(key)) return fallback;
    if (!m_json[key].is_string()) refuse(std::string(key) + " is no text");
    return m_json[key].get<std::string>();
}

std::pair<std::int64_t, std::int64_t> JsonFields::size(const char* key, std::int64_t fallback, std::int64_t high) const
{
    if (!present(key)) return {fallback, fallback};
    const Json& value = m_json[key];
    if (!value.is_array()) {
        const std::int64_t side = integerOf(value, key, 1, high);
        return {side, side};
    }
    if (value.size() != 2) refuse(std::string(key) + " is a list without two numbers");
    return {integerOf(value[0], key, 1, high), integerOf(value[1], key, 1, high)};
}

std::vector<std::int64_t> JsonFields::integers(const char* key, const std::vector<std::int64_t>& fallback,
                                               std::int64_t low, std::int64_t high, std::size_t most) const
{
    if (!present(key)) return fallback;
    const Json& list = m_json[key];
    if (!list.is_array() || list.empty() || list.size() > most)
        refuse(std::string(key) + " is no list of 1 to " + std::to_string(most) + " numbers");
    std::vector<std::int64_t> numbers;
    for (const Json& value : list) numbers.push_back(integerOf(value, key, low, high));
    return numbers;
}

std::vector<double> JsonFields::reals(const char* key, const std::vector<double>& fallback, std::size_t count) const
{
    if (!present(key)) return fallback;
    const Json& list = m_json[key];
    if (!list.is_array() || list.size() != count)
        refuse(std::string(key) + " is no list of " + std::to_string(count) + " numbers");
    std::vector<double> numbers;
    for (const Json& value : list) {
        if (!value.is_number()) refuse(std::string(key) + " holds something that is no number");
        numbers.push_back(value.get<double>());
    }
    return numbers;
}

} // namespace headlens
