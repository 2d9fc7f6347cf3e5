// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/head_patterns.h"

#include "core/base/window_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headlens {
namespace {

// In the order of HeadNumber.
constexpr std::array<HeadNumberInfo, kHeadNumbers> kNumbers{{
    {"entropy", HEADLENS_TEXT("Methods", "Entropy"),
     HEADLENS_TEXT("Methods", "How widely queries spread their attention, in nats"), false},
    {"normalised", HEADLENS_TEXT("Methods", "Normalised entropy"),
     HEADLENS_TEXT("Methods", "Entropy as a share of that of uniform attention"), true},
    {"distance", HEADLENS_TEXT("Methods", "Distance"),
     HEADLENS_TEXT("Methods", "How far away the looked-at patches lie, in pixels; of a text in tokens"), false},
    {"cls", HEADLENS_TEXT("Methods", "On CLS"), HEADLENS_TEXT("Methods", "Share that the class token gets"), true},
    {"registers", HEADLENS_TEXT("Methods", "On registers"),
     HEADLENS_TEXT("Methods", "Share that all registers get together"), true},
    {"first", HEADLENS_TEXT("Methods", "On the first token"),
     HEADLENS_TEXT("Methods", "Share that the first token of the sequence gets"), true},
    {"itself", HEADLENS_TEXT("Methods", "On itself"), HEADLENS_TEXT("Methods", "Share that the query's own token gets"),
     true},
    {"previous", HEADLENS_TEXT("Methods", "On the previous token"),
     HEADLENS_TEXT("Methods", "Share that the token before the query gets"), true},
    {"same-word", HEADLENS_TEXT("Methods", "On the same word"),
     HEADLENS_TEXT("Methods", "Share that the same token elsewhere in the text gets"), true},
    {"near-1", HEADLENS_TEXT("Methods", "Within 1"),
     HEADLENS_TEXT("Methods", "Share that patches or tokens within a distance of 1 get, the query's own included"),
     true},
    {"near-2", HEADLENS_TEXT("Methods", "Within 2"),
     HEADLENS_TEXT("Methods", "Share that patches or tokens within a distance of 2 get, the query's own included"),
     true},
    {"vertical", HEADLENS_TEXT("Methods", "On the same keys"),
     HEADLENS_TEXT("Methods", "How much all queries look at the same few keys: 0 at all alike, 1 at a single one"),
     true},
    {"induction", HEADLENS_TEXT("Methods", "After the same word"),
     HEADLENS_TEXT("Methods", "Share that tokens behind earlier occurrences of the query get"), true},
    {"duplicate", HEADLENS_TEXT("Methods", "On the same word before"),
     HEADLENS_TEXT("Methods", "Share that earlier occurrences of the query get"), true},
    {"sink", HEADLENS_TEXT("Methods", "On sinks"),
     HEADLENS_TEXT("Methods", "Share that the first token, CLS, registers and other special tokens get"), true},
}};

// Special ones first. Thresholds are ours but for the first.
constexpr std::array<HeadPattern, kHeadPatterns> kPatterns{{
    {"previous-token", HEADLENS_TEXT("Methods", "previous token"), HeadNumber::Previous, 0.5,
     HEADLENS_TEXT("Methods", "more than half, as Clark and others count BERT's heads (2019)"), -1, false},
    {"induction", HEADLENS_TEXT("Methods", "induction"), HeadNumber::Induction, 0.3,
     HEADLENS_TEXT("Methods", "most of what such a head does not leave on the first token, where it rests"), -1, false},
    {"duplicate", HEADLENS_TEXT("Methods", "duplicate"), HeadNumber::Duplicate, 0.3,
     HEADLENS_TEXT("Methods", "most of what such a head does not leave on the first token, where it rests"), -1, false},
    {"sink", HEADLENS_TEXT("Methods", "sink"), HeadNumber::Sink, 0.5,
     HEADLENS_TEXT("Methods", "more than half of all attention rests there"), -1, false},
    {"local", HEADLENS_TEXT("Methods", "local"), HeadNumber::Near1, 0.4,
     HEADLENS_TEXT("Methods", "few patches get nearly half of all attention"), 0, false},
    {"vertical", HEADLENS_TEXT("Methods", "vertical"), HeadNumber::Vertical, 0.4,
     HEADLENS_TEXT("Methods", "what all queries look at together is narrow"), 3, false},
    {"diffuse", HEADLENS_TEXT("Methods", "diffuse"), HeadNumber::Normalised, 0.9,
     HEADLENS_TEXT("Methods", "nearly as wide as uniform attention"), -1, true},
}};

template <class Rows>
int placeOf(const Rows& rows, std::string_view id)
{
    const auto hit = std::ranges::find_if(rows, [&](const auto& row) { return id == row.id; });
    return hit == rows.end() ? -1 : int(hit - rows.begin());
}

bool reaches(std::span<const double> scores, int pattern)
{
    return std::size_t(pattern) < scores.size() &&
           scores[std::size_t(pattern)] >= kPatterns[std::size_t(pattern)].threshold;
}

} // namespace

const HeadNumberInfo& infoOf(HeadNumber number)
{
    return kNumbers.at(std::size_t(number));
}

const std::array<HeadPattern, kHeadPatterns>& headPatterns()
{
    return kPatterns;
}

int headPatternFrom(std::string_view id)
{
    return placeOf(kPatterns, id);
}

int headNumberFrom(std::string_view id)
{
    return placeOf(kNumbers, id);
}

std::array<double, kHeadPatterns> patternScores(std::span<const double, kHeadNumbers> numbers,
                                                std::span<const double, kHeadNumbers> chance)
{
    constexpr double kNearlyAll = 0.95; // a text of one or two tokens: whatever a head does, it looks there
    std::array<double, kHeadPatterns> scores{};
    for (std::size_t i = 0; i < kHeadPatterns; ++i) {
        const auto place = std::size_t(kPatterns[i].number);
        const double by = kPatterns[i].isShare ? 0 : chance[place];
        scores[i] = by < kNearlyAll ? (numbers[place] - by) / (1 - by) : std::numeric_limits<double>::quiet_NaN();
    }
    return scores;
}

int patternOf(std::span<const double> scores)
{
    int best = -1;
    for (int i = 0; i < int(kHeadPatterns); ++i) {
        const int special = kPatterns[std::size_t(i)].contains;
        if (!reaches(scores, i) || (special >= 0 && reaches(scores, special))) continue;
        if (best < 0 || scores[std::size_t(i)] > scores[std::size_t(best)]) best = i;
    }
    return best;
}

} // namespace headlens
