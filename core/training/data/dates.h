// SPDX-License-Identifier: GPL-3.0-or-later
// Dates as people write them, beside year-month-day; where every digit comes from is known.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

struct Span {
    int begin = 0, end = 0; // characters of the source
};

struct DateExample {
    std::string source; // "saturday 9 may 2018", lower case
    std::string target; // "2018-05-09"
    Span year, month, day;
    Span spanOf(int character) const { return character < 5 ? year : character < 8 ? month : day; }
};

// Every tenth day is kept back: training never sees it.
enum class Days : std::uint8_t { Training, KeptBack };

// One of twelve forms of a day from 1950 to 2049, determined by its seed. With dots the day comes first, with slashes
// the year; two digits of a year mean 1950 to 2049; a name of a weekday is the true one.
DateExample dateExample(std::uint64_t seed, Days days = Days::Training);
// The day in one of the forms 0 to 11.
DateExample writtenDate(int year, int month, int day, int form);
inline constexpr int kDateForms = 12;

// Every character that can occur on either side; a space is an underscore.
std::vector<std::string> dateCharacters();
std::vector<std::string> charactersOf(const std::string& text);

} // namespace headlens
