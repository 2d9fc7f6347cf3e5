// SPDX-License-Identifier: GPL-3.0-or-later
// Letters get digits, then sums of two letters are asked: "a=3;b=5;...;a+b=8;". Most characters follow by themselves, a
// few need work. No torch.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

struct SumText {
    std::string text;         // of 62 characters
    std::vector<int> answers; // where the digits stand that have to be worked out (last digit of the sum)
};

SumText sumText(std::uint64_t seed);
std::vector<std::string> sumCharacters();

} // namespace headlens
