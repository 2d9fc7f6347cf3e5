// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/sums.h"

#include "core/training/data/random.h"

namespace headlens {

SumText sumText(std::uint64_t seed)
{
    constexpr int kLength = 60, kSum = 6; // characters
    Random random(seed);
    const double dense = random.real(0.1, 1);
    SumText made;
    while (int(made.text.size()) < kLength) {
        if (int(made.text.size()) + kSum > kLength || !random.chance(dense)) {
            made.text += '.';
            continue;
        }
        const int one = random.whole(10), other = random.whole(10), how = random.whole(3);
        const int result = how == 0 ? one + other : how == 1 ? one - other + 10 : one * other;
        made.answers.push_back(int(made.text.size()) + 4);
        made.text += {char('0' + one), "+-*"[how], char('0' + other), '=', char('0' + result % 10), ';'};
    }
    return made;
}

std::vector<std::string> sumCharacters()
{
    std::vector<std::string> characters{"=", "+", "-", "*", ";", "."};
    for (char c = '0'; c <= '9'; ++c) characters.emplace_back(1, c);
    return characters;
}

} // namespace headlens
