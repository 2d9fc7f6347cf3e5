// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers and dates in words, in English and Chinese, beside their digits: a task whose alignment can be seen.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

struct WordsAndDigits {
    std::vector<std::string> words;  // as the tokenizer cuts them: "twelve", "thousand"; one Chinese character each
    std::vector<std::string> digits; // "1", "2", "0" ... and "-"
    bool chinese = false, date = false;
};

// 0 to 999,999: "twelve thousand three hundred and five", "一万二千三百零五".
std::vector<std::string> englishNumber(int number);
std::vector<std::string> chineseNumber(int number);

// One example, determined by its seed: a number, or a date from 1900 to 2099 in one of several forms, which becomes
// year-month-day.
WordsAndDigits numberExample(std::uint64_t seed);

// Every word that can occur on either side.
std::vector<std::string> numberVocabulary();

} // namespace headlens
