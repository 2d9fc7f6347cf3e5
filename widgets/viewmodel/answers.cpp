// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/answers.h"

#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_map.h"

#include <algorithm>
#include <functional>

namespace headlens {

std::vector<verbs::Prediction> answersOf(const verbs::InputInfo& input)
{
    const verbs::Outputs& outputs = input.outputs;
    if (const auto& classes = outputs.get<verbs::Classes>().best; !classes.empty()) return classes;
    std::vector<verbs::Prediction> all;
    for (const verbs::TextScore& text : outputs.get<verbs::Similarity>().texts)
        all.push_back({text.id, text.text, text.probability});
    if (!all.empty()) {
        std::ranges::stable_sort(all, std::greater<>(), &verbs::Prediction::probability);
        return all;
    }
    for (const verbs::AnswerSpan& span : outputs.get<verbs::Spans>().best)
        all.push_back({int(all.size()), span.text, span.probability});
    const auto& guesses = outputs.get<verbs::VocabularyScores>().places;
    if (all.empty() && !guesses.empty())
        for (const verbs::TextScore& guess : guesses.front().best)
            all.push_back({guess.id, guess.text, guess.probability});
    return all;
}

QString firstName(const std::string& label)
{
    QString whole = QString::fromStdString(label), first = whole.section(QLatin1Char(','), 0, 0).trimmed();
    if (!first.isEmpty()) return first;
    return whole.trimmed().isEmpty() ? QStringLiteral("\u2423") : whole; // a blank; a comma is a token too
}

void explainAnswer(InspectionModel* model, const verbs::Prediction& answer)
{
    if (!model->map()->explains()) return;
    const verbs::Outputs& outputs = model->input().outputs;
    if (outputs.get<verbs::Classes>().best.empty() && !outputs.get<verbs::Similarity>().texts.empty())
        return model->map()->selectLabel(QString::fromStdString(answer.label));
    verbs::ScoreChoice score;
    score.target = answer.index;
    const auto& guesses = outputs.get<verbs::VocabularyScores>().places;
    if (!guesses.empty()) score.token = guesses.front().token;
    model->map()->explain(score);
}

} // namespace headlens
