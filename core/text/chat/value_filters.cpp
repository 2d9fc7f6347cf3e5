// SPDX-License-Identifier: GPL-3.0-or-later
// Filters of numbers and of any value.
#include "core/text/chat/libraries.h"
#include "core/text/chat/operators.h"
#include "core/text/chat/python_text.h"
#include "core/text/unicode.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace headlens::text::chat {
namespace {

Value orDefault(const Call& call)
{
    const bool used = isUndefined(call.self) || (call.flag(1, false) && !isTrue(call.self));
    if (!used) return call.self;
    return call.has(0) ? call[0] : makeText(std::u32string());
}

// Digits without the space around them and the underscores between them.
std::string digitsOf(const std::u32string& text)
{
    std::string digits = toUtf8(stripped(text).substr(0, 400));
    std::erase(digits, '_');
    if (digits.starts_with('+')) digits.erase(0, 1);
    return digits;
}

std::optional<double> realIn(const Value& value)
{
    const auto* text = textOf(value);
    if (!text) return realOf(value);
    const std::string digits = digitsOf(*text);
    double real = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), real);
    const bool whole = failure == std::errc() && end == digits.data() + digits.size();
    return whole ? std::optional(real) : std::nullopt;
}

Value toInteger(const Call& call)
{
    if (const auto whole = integerOf(call.self)) return *whole;
    if (const auto* text = textOf(call.self)) {
        const std::string digits = digitsOf(*text);
        std::int64_t whole = 0;
        const int base = int(std::clamp<std::int64_t>(call.integer(1, 10), 2, 36));
        const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), whole, base);
        if (failure == std::errc() && end == digits.data() + digits.size()) return whole;
    }
    const auto real = realIn(call.self);
    if (real && std::abs(*real) < 9.2e18) return std::int64_t(*real);
    if (call.has(0)) return call[0];
    return std::int64_t(0);
}

Value toReal(const Call& call)
{
    if (const auto real = realIn(call.self)) return *real;
    if (call.has(0)) return call[0];
    return 0.0;
}

double requireNumber(const Call& call)
{
    requireDefined(call.self);
    const auto real = realOf(call.self);
    if (!real) fail("a number is needed, not " + typeName(call.self));
    return *real;
}

Value absolute(const Call& call)
{
    return requireNumber(call) < 0 ? negated(call.self) : call.self;
}

// To so many decimals as Python does: the nearest, of two as near the even one.
double rounded(double number, int decimals)
{
    if (!std::isfinite(number)) return number;
    if (decimals < 0) return std::nearbyint(number * std::pow(10, decimals)) * std::pow(10, -decimals);
    std::array<char, 700> buffer{};
    const auto [end, failure] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed, decimals);
    double result = number;
    std::from_chars(buffer.data(), end, result);
    return result;
}

Value round(const Call& call)
{
    const double number = requireNumber(call);
    const int decimals = int(std::clamp<std::int64_t>(call.integer(0, 0), -20, 20));
    const std::string method = call.has(1) ? toUtf8(call.text(1)) : "common";
    const double scale = std::pow(10, decimals);
    if (method == "ceil") return std::ceil(number * scale) / scale;
    if (method == "floor") return std::floor(number * scale) / scale;
    if (method != "common") fail("method must be common, ceil or floor");
    return integerOf(call.self) && decimals >= 0 ? call.self : Value(rounded(number, decimals));
}

constexpr std::array<Row, 6> rows{{{"default", orDefault, {"default_value", "boolean"}},
                                   {"d", orDefault, {"default_value", "boolean"}},
                                   {"int", toInteger, {"default", "base"}},
                                   {"float", toReal, {"default"}},
                                   {"abs", absolute},
                                   {"round", round, {"precision", "method"}}}};

} // namespace

std::span<const Row> valueFilters()
{
    return rows;
}

} // namespace headlens::text::chat
