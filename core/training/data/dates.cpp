// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/dates.h"

#include "core/training/data/random.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace headlens {
namespace {

constexpr std::array<const char*, 12> kMonths{"january", "february", "march",     "april",   "may",      "june",
                                              "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<const char*, 7> kWeekdays{"sunday",   "monday", "tuesday", "wednesday",
                                               "thursday", "friday", "saturday"};

// {w} weekday, {d} day, {dd} two digits, {o} ordinal, {m} name of the month, {a} its first three letters, {mm} two
// digits, {y} year, {yy} its last two digits.
constexpr std::array<const char*, kDateForms> kForms{
    "{d} {m} {y}", "{m} {d}, {y}", "{w} {d} {m} {y}", "{w}, {m} {d}, {y}", "the {o} of {m} {y}", "{m} {o}, {y}",
    "{d} {a} {y}", "{d} {a} {yy}", "{dd}.{mm}.{y}",   "{y}/{mm}/{dd}",     "{d}-{a}-{y}",        "{y}, {o} {m}"};

std::string twoDigits(int number)
{
    return std::to_string(number / 10) + std::to_string(number % 10);
}

std::string ordinal(int day)
{
    const bool teen = day >= 11 && day <= 13;
    const char* const end = teen || day % 10 > 3 || day % 10 == 0 ? "th"
                            : day % 10 == 1                       ? "st"
                            : day % 10 == 2                       ? "nd"
                                                                  : "rd";
    return std::to_string(day) + end;
}

std::string weekdayOf(int year, int month, int day)
{
    using namespace std::chrono;
    const sys_days days = std::chrono::year(year) / month / day;
    return kWeekdays.at(weekday(days).c_encoding());
}

} // namespace

DateExample writtenDate(int year, int month, int day, int form)
{
    DateExample made;
    char target[16];
    std::snprintf(target, sizeof(target), "%04d-%02d-%02d", year, month, day);
    made.target = target;
    const std::string pattern = kForms.at(std::size_t(form));
    const std::string name = kMonths.at(std::size_t(month - 1));
    for (std::size_t at = 0; at < pattern.size();) {
        if (pattern[at] != '{') {
            made.source += pattern[at++];
            continue;
        }
        const std::size_t close = pattern.find('}', at);
        const std::string field = pattern.substr(at + 1, close - at - 1);
        const int begin = int(made.source.size());
        made.source += field == "w"    ? weekdayOf(year, month, day)
                       : field == "d"  ? std::to_string(day)
                       : field == "dd" ? twoDigits(day)
                       : field == "o"  ? ordinal(day)
                       : field == "m"  ? name
                       : field == "a"  ? name.substr(0, 3)
                       : field == "mm" ? twoDigits(month)
                       : field == "y"  ? std::to_string(year)
                                       : twoDigits(year % 100);
        const Span span{begin, int(made.source.size())};
        if (field[0] == 'y') made.year = span;
        if (field[0] == 'm' || field[0] == 'a') made.month = span;
        if (field[0] == 'd' || field[0] == 'o') made.day = span;
        at = close + 1;
    }
    return made;
}

DateExample dateExample(std::uint64_t seed, Days which)
{
    using namespace std::chrono;
    Random random(seed);
    const sys_days first = year(1950) / 1 / 1, last = year(2049) / 12 / 31;
    const int all = int((last - first).count()) + 1;
    int number = random.whole(all);
    constexpr int kEvery = 10;
    while ((number % kEvery == 0) != (which == Days::KeptBack)) number = random.whole(all);
    const year_month_day day(first + days(number));
    return writtenDate(int(day.year()), int(unsigned(day.month())), int(unsigned(day.day())), random.whole(kDateForms));
}

std::vector<std::string> dateCharacters()
{
    std::vector<std::string> all = charactersOf("0123456789-_.,/");
    for (char letter = 'a'; letter <= 'z'; ++letter) all.emplace_back(1, letter);
    return all;
}

std::vector<std::string> charactersOf(const std::string& text)
{
    std::vector<std::string> all;
    for (const char c : text) all.emplace_back(1, c == ' ' ? '_' : c);
    return all;
}

} // namespace headlens
