// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/number_words.h"

#include "core/training/data/random.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace headlens {
namespace {

using Words = std::vector<std::string>;

const Words kOnes{"zero",     "one",     "two",     "three",     "four",     "five",    "six",
                  "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
                  "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
const Words kTens{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
const Words kMonths{"january", "february", "march",     "april",   "may",      "june",
                    "july",    "august",   "september", "october", "november", "december"};
const Words kOrdinals{"first",     "second",    "third",       "fourth",     "fifth",      "sixth",      "seventh",
                      "eighth",    "ninth",     "tenth",       "eleventh",   "twelfth",    "thirteenth", "fourteenth",
                      "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",  "thirtieth"};
const Words kChinese{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

void append(Words& to, const Words& more)
{
    to.insert(to.end(), more.begin(), more.end());
}

Words englishBelowThousand(int number)
{
    Words words;
    if (number >= 100) {
        words = {kOnes[std::size_t(number / 100)], "hundred"};
        if (number % 100 == 0) return words;
        words.push_back("and");
        number %= 100;
    }
    if (number < 20) return append(words, {kOnes[std::size_t(number)]}), words;
    words.push_back(kTens[std::size_t(number / 10)]);
    if (number % 10 > 0) words.push_back(kOnes[std::size_t(number % 10)]);
    return words;
}

// 0 < number < 10,000; `inner`: something stands before it, so a gap is read as 零 and 10 as 一十.
Words chineseBelowTenThousand(int number, bool inner)
{
    static const Words kUnits{"千", "百", "十", ""};
    Words words;
    bool gap = inner && number < 1000, any = false;
    for (int i = 0, unit = 1000; i < 4; ++i, unit /= 10) {
        const int digit = number / unit % 10;
        if (digit == 0) {
            gap = gap || any;
            continue;
        }
        if (gap) words.push_back("零");
        gap = false;
        if (digit != 1 || unit != 10 || any || inner) words.push_back(kChinese[std::size_t(digit)]);
        if (unit > 1) words.push_back(kUnits[std::size_t(i)]);
        any = true;
    }
    return words;
}

Words digitsOf(const std::string& text)
{
    Words digits;
    for (const char c : text) digits.emplace_back(1, c);
    return digits;
}

struct Date {
    int year, month, day;
};

Words ordinal(int day)
{
    if (day <= 20) return {kOrdinals[std::size_t(day - 1)]};
    if (day == 30) return {"thirtieth"};
    return {day < 30 ? "twenty" : "thirty", kOrdinals[std::size_t(day % 10 - 1)]};
}

// "nineteen ninety eight", "two thousand and five".
Words englishYear(int year)
{
    if (year >= 2000 && year < 2010) return englishNumber(year);
    Words words = englishBelowThousand(year / 100);
    if (year % 100 == 0) return append(words, {"hundred"}), words;
    if (year % 100 < 10) words.push_back("oh");
    append(words, englishBelowThousand(year % 100));
    return words;
}

Words englishDate(Random& random, const Date& date)
{
    const std::string& month = kMonths[std::size_t(date.month - 1)];
    const bool inWords = random.chance(0.5);
    const Words day = inWords ? ordinal(date.day) : digitsOf(std::to_string(date.day));
    const Words year = random.chance(0.5) ? englishYear(date.year) : digitsOf(std::to_string(date.year));
    Words words;
    if (random.chance(0.5)) { // the third of march ..., 3 march ...
        if (inWords) words.push_back("the");
        append(words, day);
        if (inWords) words.push_back("of");
        words.push_back(month);
    } else {
        words.push_back(month);
        append(words, day);
        words.push_back(",");
    }
    append(words, year);
    return words;
}

Words chineseDate(Random& random, const Date& date)
{
    const bool inWords = random.chance(0.6);
    Words words;
    for (const char c : std::to_string(date.year))
        words.push_back(inWords ? kChinese[std::size_t(c - '0')] : std::string(1, c));
    const auto part = [&](int number, const char* unit) {
        append(words, inWords ? chineseNumber(number) : digitsOf(std::to_string(number)));
        words.push_back(unit);
    };
    words.push_back("年");
    part(date.month, "月");
    part(date.day, "日");
    return words;
}

int daysOf(int year, int month)
{
    static constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return kDays.at(std::size_t(month - 1)) + (month == 2 && leap ? 1 : 0);
}

} // namespace

Words englishNumber(int number)
{
    if (number < 1000) return englishBelowThousand(number);
    Words words = englishBelowThousand(number / 1000);
    words.push_back("thousand");
    const int rest = number % 1000;
    if (rest > 0 && rest < 100) words.push_back("and");
    if (rest > 0) append(words, englishBelowThousand(rest));
    return words;
}

Words chineseNumber(int number)
{
    if (number == 0) return {"零"};
    if (number < 10'000) return chineseBelowTenThousand(number, false);
    Words words = chineseBelowTenThousand(number / 10'000, false);
    words.push_back("万");
    if (number % 10'000 > 0) append(words, chineseBelowTenThousand(number % 10'000, true));
    return words;
}

WordsAndDigits numberExample(std::uint64_t seed)
{
    Random random(seed);
    WordsAndDigits example;
    example.chinese = random.chance(0.5);
    example.date = random.chance(0.4);
    if (example.date) {
        Date date{1900 + random.whole(200), 1 + random.whole(12), 1};
        date.day = 1 + random.whole(daysOf(date.year, date.month));
        example.words = example.chinese ? chineseDate(random, date) : englishDate(random, date);
        char text[40];
        std::snprintf(text, sizeof(text), "%04d-%02d-%02d", date.year, date.month, date.day);
        example.digits = digitsOf(text);
        return example;
    }
    // As many small numbers as large ones: up to a random power of ten.
    int limit = 10;
    for (int i = random.whole(6); i > 0; --i) limit *= 10;
    const int number = random.whole(limit);
    example.words = example.chinese ? chineseNumber(number) : englishNumber(number);
    example.digits = digitsOf(std::to_string(number));
    return example;
}

Words numberVocabulary()
{
    Words words = digitsOf("0123456789-");
    append(words, kOnes);
    append(words, Words(kTens.begin() + 2, kTens.end()));
    append(words, {"hundred", "thousand", "and", "the", "of", ",", "oh"});
    append(words, kMonths);
    append(words, kOrdinals);
    append(words, kChinese);
    append(words, {"十", "百", "千", "万", "年", "月", "日"});
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

} // namespace headlens
