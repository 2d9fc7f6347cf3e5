// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/gguf_settings.h"

#include <utility>

namespace headlens {

bool GgufSettings::add(std::string key, GgufValue value)
{
    return m_values.try_emplace(std::move(key), std::move(value)).second;
}

std::optional<std::int64_t> GgufSettings::integer(std::string_view key) const
{
    if (const auto* whole = at<std::int64_t>(key)) return *whole;
    const auto* large = at<std::uint64_t>(key);
    if (large == nullptr || !std::in_range<std::int64_t>(*large)) return std::nullopt;
    return std::int64_t(*large);
}

std::optional<double> GgufSettings::real(std::string_view key) const
{
    if (const auto* real = at<double>(key)) return *real;
    const auto whole = integer(key);
    return whole ? std::optional(double(*whole)) : std::nullopt;
}

std::optional<bool> GgufSettings::flag(std::string_view key) const
{
    const auto* whole = at<std::int64_t>(key);
    return whole != nullptr ? std::optional(*whole != 0) : std::nullopt;
}

std::optional<std::string> GgufSettings::text(std::string_view key) const
{
    const auto* text = at<std::string>(key);
    return text != nullptr ? std::optional(*text) : std::nullopt;
}

} // namespace headlens
