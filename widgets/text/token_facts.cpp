// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/token_facts.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlens {
namespace {

struct TokenFacts { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::TokenFacts)
};

// The classes of the words of the first sequence; null: it has none.
const std::vector<verbs::TextScore>* classesOf(const verbs::InputInfo& input, int stream, int token)
{
    const auto& labels = input.outputs.get<verbs::TokenClasses>().tokens;
    return stream == 0 && std::size_t(token) < labels.size() ? &labels[std::size_t(token)].best : nullptr;
}

} // namespace

bool canHide(const InspectionModel& model, int stream)
{
    const auto& streams = model.input().streams;
    return std::size_t(stream) < streams.size() && streams[std::size_t(stream)].name != "decoder" &&
           !model.model().text.padToMaxLength;
}

bool isHiddenToken(const InspectionModel& model, int stream, int token)
{
    const auto& hidden = model.request().text.hiddenTokens;
    return canHide(model, stream) && std::ranges::find(hidden, token) != hidden.end();
}

QString classOf(const verbs::InputInfo& input, int stream, int token)
{
    const auto* classes = classesOf(input, stream, token);
    if (classes == nullptr || classes->empty()) return {};
    const std::string& label = classes->front().text;
    return label == "O" ? QString() : QString::fromStdString(label);
}

bool isAnswer(const verbs::InputInfo& input, int stream, int token)
{
    const auto& spans = input.outputs.get<verbs::Spans>().best;
    return stream == 0 && !spans.empty() && token >= spans.front().begin && token <= spans.front().end;
}

QString tipOf(const verbs::InputInfo& input, int stream, int token, const TokenValues& values)
{
    const verbs::TextToken& text = input.streams[std::size_t(stream)].tokens[std::size_t(token)];
    QString tip = TokenFacts::tr("Token %1: %2\nid %3, characters %4 to %5")
                      .arg(token)
                      .arg(QString::fromStdString(text.piece))
                      .arg(text.id)
                      .arg(text.begin)
                      .arg(text.end);
    if (const auto* classes = classesOf(input, stream, token); classes != nullptr)
        for (const verbs::TextScore& label : *classes)
            tip += QStringLiteral("\n%1: %2 %")
                       .arg(QString::fromStdString(label.text))
                       .arg(100 * label.probability, 0, 'f', 1);
    if (const auto value = values.of(token))
        tip += QLatin1Char('\n') + TokenFacts::tr("weight %1").arg(double(*value), 0, 'g', 3);
    if (values.isSink(token)) tip += QLatin1Char('\n') + TokenFacts::tr("A sink: left out of the scale");
    return tip;
}

} // namespace headlens
