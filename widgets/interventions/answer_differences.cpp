// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/interventions/answer_differences.h"

#include "widgets/viewmodel/answers.h"

#include <algorithm>
#include <functional>

namespace headlens {
namespace {

using Answers = std::vector<verbs::Prediction>;

// Classes and words of the vocabulary have a number of their own, and two classes may have one name; candidates and
// spans of a text are known by what they say.
bool areNumbered(const verbs::InputInfo& input)
{
    const verbs::Outputs& outputs = input.outputs;
    return !outputs.get<verbs::Classes>().best.empty() ||
           (outputs.get<verbs::Similarity>().texts.empty() && outputs.get<verbs::Spans>().best.empty());
}

std::optional<double> shareOf(const Answers& answers, const verbs::Prediction& wanted, bool byNumber)
{
    const auto isIt = [&](const verbs::Prediction& one) {
        return byNumber ? one.index == wanted.index : one.label == wanted.label;
    };
    const auto hit = std::ranges::find_if(answers, isIt);
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
    const bool byNumber = areNumbered(after);
    const auto add = [&](const verbs::Prediction& one) {
        all.push_back(
            {firstName(one.label), shareOf(was, one, byNumber), shareOf(is, one, byNumber), leastOf(was), leastOf(is)});
    };
    for (const verbs::Prediction& one : is) add(one);
    for (const verbs::Prediction& one : was)
        if (!shareOf(is, one, byNumber)) add(one);
    const auto share = [](const AnswerDifference& one) {
        return std::max(one.before.value_or(0), one.after.value_or(0));
    };
    std::ranges::stable_sort(all, std::greater<>(), share);
    if (all.size() > most) all.resize(most);
    return all;
}

} // namespace headlens
