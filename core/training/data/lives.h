// SPDX-License-Identifier: GPL-3.0-or-later
// Lives that a program makes up, after life2vec (Savcisens et al. 2023, arXiv 2306.03009). No real person is in them.
// Every word follows from known chances, so that what is hidden can be guessed exactly: the oracle.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

// What happened, in three words, in a month counted from January of the year 0.
struct LifeEvent {
    int month = 0;
    std::array<std::string, 3> words; // what, of which kind, pay: "job", "clerk", "p2"
};
using Life = std::vector<LifeEvent>; // the first says when and where somebody was born, and the parents' means

inline constexpr int kLifeEvents = 18; // with the first
inline constexpr int kFirstYear = 1925, kLastYear = 2069;

std::vector<std::string> lifeWords(); // all of them, without months
std::string monthWord(int month);     // "1984-05"
std::vector<std::string> monthWords();

// Determined by its seed.
Life madeUpLife(std::uint64_t seed);

// "1961-03 born north farm <sep> 1967-09 school primary p0 <sep> ..." cut at spaces.
std::vector<std::string> wordsOf(const Life& life);

// The logarithm of the chance that this life is made up, given the months; minus infinity for impossible ones.
double logChance(const Life& life);

// The logarithm of the chance of what the last event is, of which kind is left open, given all before it.
double logChanceOfLast(const Life& life);

// What stands in place `word` (0 to 2) of event `event`, given everything else: a chance for each of lifeWords().
std::vector<double> oracle(const Life& life, std::size_t event, std::size_t word);

// The rules, for measuring: years in which many lose their work come again and again.
bool isCrisis(int month);

} // namespace headlens
