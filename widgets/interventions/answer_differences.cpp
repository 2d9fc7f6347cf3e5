// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/interventions/answer_differences.h"

#include "widgets/viewmodel/answers.h"

#include <algorithm>
#include <functional>

namespace headlens {
namespace {

using Answers = std::vector<verbs::Prediction>;

std::optional<double> shareOf(const Answers& answers, const std::string& label)
{
    const auto hit = std::ranges::find(answers, label, &verbs::Prediction::label);
    return hit == answers.end() ? std::nullopt : std::optional(hit->probability);
}

double leastOf(const Answers& answers)
{
    return answers.empty() ? 0 : answers.back().probability;
}

} // namespace

std::vector<AnswerDifference> answerDifferences(const verbs::InputInfo& before, const verbs::InputInfo& after,
                                                std::size_t most)
{
    const Answers was = answersOf(before), is = answersOf(after);
    std::vector<AnswerDifference> all;
    const auto add = [&](const std::string& label) {
        all.push_back({firstName(label), shareOf(was, label), shareOf(is, label), leastOf(was), leastOf(is)});
    };
    for (const verbs::Prediction& one : is) add(one.label);
    for (const verbs::Prediction& one : was)
        if (!shareOf(is, one.label)) add(one.label);
    const auto share = [](const AnswerDifference& one) {
        return std::max(one.before.value_or(0), one.after.value_or(0));
    };
    std::ranges::stable_sort(all, std::greater<>(), share);
    if (all.size() > most) all.resize(most);
    return all;
}

} // namespace headlens
