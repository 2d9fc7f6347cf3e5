// SPDX-License-Identifier: GPL-3.0-or-later
// Functions of explanations: maps of methods, how far two of them agree, what a head is worth.
#include "core/lesson/expression_functions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace headlens {
namespace {

using Given = std::vector<LessonValue>;

std::vector<float> mapBy(const ExpressionRun& run, const LessonValue& method)
{
    if (!run.facts().map) run.refuse("asks for a map by a method, which is not known here");
    return run.facts().map(run.text(method));
}

LessonValue mapOf(const ExpressionRun& run, const Given& given)
{
    return mapBy(run, given[0]);
}

// The place of every number in order; equal ones share theirs.
std::vector<double> ranksOf(const std::vector<float>& values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
        for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = double(begin + end - 1) / 2;
        begin = end;
    }
    return ranks;
}

LessonValue agreementOf(const ExpressionRun& run, const Given& given)
{
    const std::vector<double> a = ranksOf(mapBy(run, given[0])), b = ranksOf(mapBy(run, given[1]));
    if (a.size() != b.size() || a.empty()) run.refuse("compares maps of different tokens");
    const double middle = double(a.size() - 1) / 2;
    double both = 0, first = 0, second = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        both += (a[i] - middle) * (b[i] - middle);
        first += (a[i] - middle) * (a[i] - middle);
        second += (b[i] - middle) * (b[i] - middle);
    }
    return first > 0 && second > 0 ? both / std::sqrt(first * second) : 0.0;
}

std::pair<double, double> areasOf(const ExpressionRun& run, const LessonValue& method)
{
    if (!run.facts().faithfulness) run.refuse("asks how faithful a map is, which is not known here");
    return run.facts().faithfulness(run.text(method));
}

LessonValue deletionOf(const ExpressionRun& run, const Given& given)
{
    return areasOf(run, given[0]).first;
}

LessonValue insertionOf(const ExpressionRun& run, const Given& given)
{
    return areasOf(run, given[0]).second;
}

LessonValue effectOf(const ExpressionRun& run, const Given& given)
{
    const int block = run.whole(given[0]), head = run.whole(given[1]);
    if (head >= run.blockOf(block).heads) run.refuse("asks for a head that does not exist");
    if (!run.facts().effect) run.refuse("asks what a head is worth, which is not known here");
    return run.facts().effect(block, head);
}

constexpr std::array<ExpressionFunction, 5> kFunctions{{
    {"map", 1, mapOf},
    {"agreement", 2, agreementOf},
    {"deletion", 1, deletionOf},
    {"insertion", 1, insertionOf},
    {"effect", 2, effectOf},
}};

} // namespace

std::span<const ExpressionFunction> explanationFunctions()
{
    return kFunctions;
}

} // namespace headlens
