// SPDX-License-Identifier: GPL-3.0-or-later
// Sums, differences and products of two digits, of which only the last digit is told, between dots: "..7+5=2;.3*4=2;".
// Most characters follow by themselves or cannot be known; behind "=" there is something to work out. No torch.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

struct SumText {
    std::string text;         // of 60 characters
    std::vector<int> answers; // where the digits behind "=" stand
};

SumText sumText(std::uint64_t seed);
std::vector<std::string> sumCharacters();

} // namespace headlens
