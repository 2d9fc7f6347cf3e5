// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison of two runs: the answer of any question for one minus the answer for the other, number by number.
#pragma once

#include "core/base/attention_math.h"
#include "core/base/float_array.h"
#include "core/base/job_control.h"
#include "core/session/run.h"

#include <tuple>
#include <type_traits>
#include <vector>

namespace headlens::questions {

// Throws Error(BadRequest) unless both have the same layers, heads and tokens.
void requireComparable(const Run& now, const Run& baseline);

// Throws Error(BadRequest) where there is no such layer.
int headsOf(const Run& run, int layer);

void subtract(FloatArray& now, const FloatArray& then);
void subtract(std::vector<FloatArray>& now, const std::vector<FloatArray>& then);

// Of two differences the larger one, or the smaller one, number by number.
void keepExtreme(FloatArray& kept, const FloatArray& other, HeadFusion fusion);
void keepExtreme(std::vector<FloatArray>& kept, const std::vector<FloatArray>& other, HeadFusion fusion);

// Asks a question that may or may not hear of progress.
template <auto question, class Ask>
auto askOf(const Run& run, const Ask& asked)
{
    if constexpr (std::is_invocable_v<decltype(question), const Run&, const Ask&>)
        return question(run, asked);
    else
        return question(run, asked, JobControl());
}

// A question that can be asked about a difference, and whose answer names it as `of`.
template <class Ask>
concept Comparable = requires(Ask asked)
{
    asked.difference;
};

// Of a difference between fused maps the heads are compared one by one: Max and Min are of their differences, as those
// of rows are by whoever shows them.
template <class Ask>
concept FusesHeads = Comparable<Ask> && requires(Ask asked)
{
    asked.fusion;
    asked.head;
    asked.layer;
};

// question(now) - question(baseline) of every tensor in the answer.
template <auto question, Comparable Ask>
auto differenceOfOne(const Run& now, const Run& baseline, Ask asked)
{
    asked.difference = false;
    auto found = askOf<question>(now, asked);
    const auto then = askOf<question>(baseline, asked);
    std::apply([&](const auto&... field) { (subtract(found.*(field.member), then.*(field.member)), ...); },
               found.tensors());
    found.of.difference = true;
    return found;
}

template <auto question, FusesHeads Ask>
auto differenceOfHeads(const Run& now, const Run& baseline, const Ask& asked, HeadFusion fusion)
{
    Ask one = asked;
    one.fusion = nameOf(HeadFusion::Single);
    one.head = 0;
    auto kept = differenceOfOne<question>(now, baseline, one);
    for (one.head = 1; one.head < headsOf(now, asked.layer); ++one.head) {
        const auto other = differenceOfOne<question>(now, baseline, one);
        std::apply(
            [&](const auto&... field) { (keepExtreme(kept.*(field.member), other.*(field.member), fusion), ...); },
            kept.tensors());
    }
    kept.of = asked;
    return kept;
}

template <auto question, Comparable Ask>
auto difference(const Run& now, const Run& baseline, const Ask& asked)
{
    requireComparable(now, baseline);
    if constexpr (FusesHeads<Ask>) {
        const HeadFusion fusion = headFusionFrom(asked.fusion).value_or(HeadFusion::Single);
        if (fusion == HeadFusion::Max || fusion == HeadFusion::Min)
            return differenceOfHeads<question>(now, baseline, asked, fusion);
    }
    return differenceOfOne<question>(now, baseline, asked);
}

} // namespace headlens::questions
