// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/sums.h"

#include "core/training/dice.h"

#include <utility>

namespace headlens {

SumText sumText(std::uint64_t seed)
{
    constexpr int kLetters = 8, kKnown = 5, kSums = 7;
    Dice dice(seed);
    std::string letters = "abcdefgh";
    for (int i = 0; i < kKnown; ++i)
        std::swap(letters[std::size_t(i)], letters[std::size_t(i + dice.whole(kLetters - i))]);
    std::vector<int> digits;
    SumText made;
    for (int i = 0; i < kKnown; ++i) {
        digits.push_back(dice.whole(10));
        made.text += {letters[std::size_t(i)], '=', char('0' + digits.back()), ';'};
    }
    for (int i = 0; i < kSums; ++i) {
        const int first = dice.whole(kKnown), second = (first + 1 + dice.whole(kKnown - 1)) % kKnown;
        made.answers.push_back(int(made.text.size()) + 4);
        const int sum = (digits[std::size_t(first)] + digits[std::size_t(second)]) % 10;
        made.text += {letters[std::size_t(first)], '+', letters[std::size_t(second)], '=', char('0' + sum), ';'};
    }
    return made;
}

std::vector<std::string> sumCharacters()
{
    std::vector<std::string> characters{"=", "+", ";"};
    for (char c = 'a'; c <= 'h'; ++c) characters.emplace_back(1, c);
    for (char c = '0'; c <= '9'; ++c) characters.emplace_back(1, c);
    return characters;
}

} // namespace headlens
