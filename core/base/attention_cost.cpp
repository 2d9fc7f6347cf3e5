// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/attention_cost.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace headlens {
namespace {

enum class Kind : std::uint8_t { Dense, Window, Random, Coarse, LowRank, Linear, Favor };

struct Pattern {
    Kind kind = Kind::Dense;
    int radius = 0; // of a window, of a cell; random patches; features
    bool global = true;
};

// "<before>number<after>"; 0: it is not of this form.
int numberIn(std::string_view text, std::string_view before, std::string_view after)
{
    if (!text.starts_with(before) || !text.ends_with(after) || text.size() <= before.size() + after.size()) return 0;
    text.remove_prefix(before.size());
    text.remove_suffix(after.size());
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size() && number > 0 ? number : 0;
}

std::optional<Pattern> patternOf(std::string_view name)
{
    if (name == "dense") return Pattern{};
    if (name == "low rank") return Pattern{Kind::LowRank, 0, true};
    if (name == "linear") return Pattern{Kind::Linear, 0, true};
    if (const int some = numberIn(name, "window 1 and ", " random")) return Pattern{Kind::Random, some, true};
    if (const int radius = numberIn(name, "window ", " alone")) return Pattern{Kind::Window, radius, false};
    if (const int radius = numberIn(name, "window ", "")) return Pattern{Kind::Window, radius, true};
    if (const int side = numberIn(name, "coarse ", "")) return Pattern{Kind::Coarse, side, true};
    if (const int features = numberIn(name, "", " random features")) return Pattern{Kind::Favor, features, true};
    return {};
}

bool isOfAGrid(Kind kind)
{
    return kind == Kind::Window || kind == Kind::Random || kind == Kind::Coarse;
}

// Pairs at most `radius` apart on a line of `length`: 2r+1 for each, less what both ends have no neighbours for.
double nearOnALine(int length, int radius)
{
    const double r = std::min(radius, length - 1);
    return length * (2 * r + 1) - r * (r + 1);
}

double pairsOfPatches(const Pattern& pattern, const AttentionShape& shape)
{
    const int radius = pattern.kind == Kind::Window ? pattern.radius : 1;
    const double near = nearOnALine(shape.gridHeight, radius) * nearOnALine(shape.gridWidth, radius);
    if (pattern.kind == Kind::Window) return near;
    // Each patch draws some different ones out of all P; those that are no neighbours come in addition.
    const double drawn = std::min(double(pattern.radius), shape.patches());
    return std::round(near + drawn * (shape.patches() - near / shape.patches()));
}

double cellsOf(const AttentionShape& shape, int side)
{
    const auto cells = [side](int length) { return double((length + side - 1) / side); };
    return cells(shape.gridHeight) * cells(shape.gridWidth);
}

// Pairs, and in `own` what comes beside 2 * pairs * d in one head.
AttentionCost ofMap(const Pattern& pattern, const AttentionShape& shape)
{
    const double n = shape.tokens(), c = shape.special, p = shape.patches(), d = shape.headWidth;
    AttentionCost cost;
    switch (pattern.kind) {
    case Kind::Window:
    case Kind::Random:
        cost.average = pattern.kind == Kind::Random;
        cost.pairs = pairsOfPatches(pattern, shape) + (pattern.global ? n * n - p * p : c);
        break;
    case Kind::Coarse:
        cost.pairs = n * (c + cellsOf(shape, pattern.radius));
        cost.own = pattern.radius > 1 ? 2 * p * d : 0; // the mean of one is that one
        break;
    case Kind::LowRank:
        cost.pairs = n * shape.recipes;
        cost.own = 2 * n * shape.recipes * d;
        break;
    default: cost.pairs = n * n;
    }
    return cost;
}

// Sums over all keys first, so that no query ever meets a key.
double withoutMap(const Pattern& pattern, const AttentionShape& shape, double& own)
{
    const double n = shape.tokens(), d = shape.headWidth, features = pattern.kind == Kind::Favor ? pattern.radius : d;
    own = pattern.kind == Kind::Favor ? 2 * n * features * d + 2 * n * d : 0;
    return own + 2 * n * features * (d + 1);
}

} // namespace

const std::vector<std::string>& costedPatterns()
{
    static const std::vector<std::string> kNames{
        "dense",    "window 1", "window 2", "window 1 alone",     "window 1 and 3 random", "coarse 2",
        "coarse 4", "low rank", "linear",   "16 random features", "64 random features",    "256 random features"};
    return kNames;
}

bool needsGrid(const std::string& pattern)
{
    const auto known = patternOf(pattern);
    return known && isOfAGrid(known->kind);
}

std::optional<AttentionCost> attentionCost(const std::string& pattern, const AttentionShape& shape)
{
    const auto known = patternOf(pattern);
    if (!known || (isOfAGrid(known->kind) && !shape.hasGrid())) return {};
    AttentionCost cost = ofMap(*known, shape);
    cost.holdsMap = known->kind != Kind::Linear && known->kind != Kind::Favor;
    cost.multiplyAdds =
        cost.holdsMap ? 2 * cost.pairs * shape.headWidth + cost.own : withoutMap(*known, shape, cost.own);
    cost.multiplyAdds *= shape.heads;
    cost.own *= shape.heads;
    cost.mapBytes = 4 * cost.pairs * shape.heads;
    return cost;
}

std::optional<double> breakEvenTokens(const std::string& pattern, const AttentionShape& shape)
{
    const auto known = patternOf(pattern);
    if (!known || known->kind == Kind::Dense || isOfAGrid(known->kind)) return {};
    const AttentionShape one{1, 0, 0, shape.headWidth, 1, shape.recipes};
    return attentionCost(pattern, one)->multiplyAdds / (2.0 * shape.headWidth); // 2 N^2 d = N * that of one token
}

} // namespace headlens
