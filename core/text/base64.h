// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace headlens::text {

inline constexpr std::string_view kBase64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// As RFC 4648, padded.
inline std::string encodeBase64(std::span<const std::uint8_t> bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t k) { return i + k < bytes.size() ? unsigned(bytes[i + k]) : 0U; };
        const unsigned held = byte(0) << 16U | byte(1) << 8U | byte(2);
        for (unsigned k = 0; k < 4; ++k)
            text.push_back(i + k <= bytes.size() ? kBase64Digits[held >> (18 - 6 * k) & 63U] : '=');
    }
    return text;
}

// The bytes of a base64 text (RFC 4648, padded or not); nothing when a foreign character is in it.
inline std::optional<std::string> decodeBase64(std::string_view text)
{
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 3);
    unsigned held = 0;
    int bits = 0;
    for (const char c : text) {
        const std::size_t digit = kBase64Digits.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        held = (held << 6 | unsigned(digit)) & 0xFFFFU;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes.push_back(char(held >> bits & 0xFFU));
    }
    return bytes;
}

} // namespace headlens::text
