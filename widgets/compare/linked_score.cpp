// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/linked_score.h"

#include "widgets/viewmodel/answers.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_map.h"

#include <algorithm>
#include <tuple>

namespace headlens {
namespace {

bool haveSameWeights(const verbs::ModelInfo& one, const verbs::ModelInfo& other)
{
    return one.path == other.path || (!one.sha256.empty() && one.sha256 == other.sha256);
}

bool readSameText(const TextRequest& one, const TextRequest& other)
{
    const auto parts = [](const TextRequest& of) {
        return std::tie(of.text, of.pair, of.written, of.chat, of.system, of.decoderInputIds, of.candidates,
                        of.cutFromBegin);
    };
    return parts(one) == parts(other);
}

// As far as they tell: a number that both answer with has one name.
bool haveSameClasses(const InspectionModel& one, const InspectionModel& other)
{
    if (one.model().classes != other.model().classes || one.model().classes == 0) return false;
    const std::vector<verbs::Prediction> answers = answersOf(one.input()), others = answersOf(other.input());
    return std::ranges::all_of(answers, [&](const verbs::Prediction& answer) {
        const auto same = std::ranges::find(others, answer.index, &verbs::Prediction::index);
        return same == others.end() || same->label == answer.label;
    });
}

} // namespace

verbs::ScoreChoice scoreFor(const InspectionModel& here, const InspectionModel& there)
{
    const verbs::ScoreChoice& chosen = there.map()->score();
    const bool isSameText = readSameText(here.request().text, there.request().text);
    if (haveSameWeights(here.model(), there.model()) && isSameText) return chosen;
    const bool isOfToken = chosen.token >= 0 && !isSameText;
    return haveSameClasses(here, there) && !isOfToken ? chosen : verbs::ScoreChoice();
}

} // namespace headlens
