// SPDX-License-Identifier: GPL-3.0-or-later
// What is counted of every head over all its queries, and the patterns that are named from it. The definitions of the
// numbers are here, how they are counted in core/trace/head_census.h.
//
// A pattern's score is how far its number lies between what uniform attention over the keys that queries may see would
// give (0) and everything (1): (number - chance) / (1 - chance), as Cohen's kappa corrects agreement. Without it every
// head of a short text or of a small grid would be local. "diffuse" is such a share already.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace headlens {

// Means over the queries of the first picture or text; queries that have no such key (no earlier occurrence, no
// previous token) do not count, nor does padding. nan where a number does not exist: no grid, no text, other keys than
// queries, no such token.
enum class HeadNumber : std::uint8_t {
    Entropy,    // of a row in nats (Clark and others 2019, arXiv 1906.04341)
    Normalised, // of the most there can be: of uniform attention over the keys that queries may see
    Distance,   // of patch queries to patches, renormalised, in pixels (ViT, arXiv 2010.11929, figure 7); of texts in
                // tokens
    Cls,        // share that the class token gets
    Registers,  // share that all registers get together (Darcet and others 2024, arXiv 2309.16588)
    First,      // share that the first token of the sequence gets
    Itself,     // share that the query's own token gets
    Previous,   // share that the token before gets
    SameWord,   // share that the same token elsewhere in the text gets
    Near1,      // share within a distance of 1 patch or token, itself included
    Near2,      // the same within 2
    Vertical,   // how much all queries look at the same few keys: 1 - H(r) / ln(keys), r the mean row
    Induction,  // share that tokens behind earlier occurrences of the query get (Olsson and others 2022, arXiv
                // 2209.11895: prefix matching)
    Duplicate,  // share that earlier occurrences of the query get
    Sink,       // share that the first token, CLS, registers and other special tokens get (Xiao and others 2023, arXiv
                // 2309.17453)
};
inline constexpr std::size_t kHeadNumbers = 15;

struct HeadNumberInfo {
    const char* id;    // of columns in files: "previous"
    const char* title; // in English; the window translates it (context "Methods")
    const char* says;
    bool isShare; // from 0 to 1
};
const HeadNumberInfo& infoOf(HeadNumber number);

struct HeadPattern {
    const char* id;    // "previous-token"
    const char* title; // in English, as HeadNumberInfo
    HeadNumber number; // whose score it is
    double threshold;  // from which score on a head may be called so
    const char* why;   // the reason for that threshold
    int contains;      // another pattern, in this table, which is named instead where it is reached; -1: none
    bool isShare;      // the number is the score as it is
};
inline constexpr std::size_t kHeadPatterns = 7;
const std::array<HeadPattern, kHeadPatterns>& headPatterns();

// Of a head: its numbers, then the scores of its patterns.
inline constexpr std::size_t kHeadColumns = kHeadNumbers + kHeadPatterns;

// -1: there is none of that name.
int headPatternFrom(std::string_view id);
int headNumberFrom(std::string_view id);

// By pattern; nan where there is none. `chance`: the same numbers of uniform attention.
std::array<double, kHeadPatterns> patternScores(std::span<const double, kHeadNumbers> numbers,
                                                std::span<const double, kHeadNumbers> chance);

// The pattern with the highest score of those that reach their threshold, without those that contain another such
// one; -1: none. `scores` by pattern.
int patternOf(std::span<const double> scores);

} // namespace headlens
