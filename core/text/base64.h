// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace headlens::text {

// The bytes of a base64 text (RFC 4648, padded or not); nothing when a foreign character is in it.
inline std::optional<std::string> decodeBase64(std::string_view text)
{
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 3);
    unsigned held = 0;
    int bits = 0;
    for (const char c : text) {
        static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        const std::size_t digit = digits.find(c);
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
