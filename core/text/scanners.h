// SPDX-License-Identifier: GPL-3.0-or-later
// Hand-written equals of the regular expressions that nearly every tokenizer uses: about ten times the speed.
#pragma once

#include <cstddef>
#include <string_view>

namespace headlens::text {

// The end of the match that begins exactly at `begin`, or `begin` when none does.
using Scanner = std::size_t (*)(std::u32string_view text, std::size_t begin);

// The scanner of an expression that is written exactly so; nullptr for any other.
Scanner scannerOf(std::string_view expression);

// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
std::size_t scanGpt2(std::u32string_view text, std::size_t begin);
// \w+|[^\w\s]+
std::size_t scanWords(std::u32string_view text, std::size_t begin);

} // namespace headlens::text
