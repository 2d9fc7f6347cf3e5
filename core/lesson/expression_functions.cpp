// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/expression_functions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace headlens {
namespace {

using Row = std::vector<float>;
using Given = std::vector<LessonValue>;

LessonValue sumOf(const ExpressionRun& run, const Given& given)
{
    const Row& all = run.row(given[0]);
    return std::accumulate(all.begin(), all.end(), 0.0);
}

LessonValue maxOf(const ExpressionRun& run, const Given& given)
{
    const Row& all = run.row(given[0]);
    return all.empty() ? 0.0 : double(*std::ranges::max_element(all));
}

LessonValue meanOf(const ExpressionRun& run, const Given& given)
{
    const Row& all = run.row(given[0]);
    return all.empty() ? 0.0 : std::accumulate(all.begin(), all.end(), 0.0) / double(all.size());
}

LessonValue entropyOf(const ExpressionRun& run, const Given& given) // in nats
{
    double entropy = 0;
    for (const float weight : run.row(given[0]))
        if (weight > 0) entropy -= double(weight) * std::log(double(weight));
    return entropy;
}

LessonValue sizeOf(const ExpressionRun& run, const Given& given)
{
    return double(run.row(given[0]).size());
}

LessonValue argmaxOf(const ExpressionRun& run, const Given& given)
{
    const Row& all = run.row(given[0]);
    return double(std::ranges::max_element(all) - all.begin());
}

LessonValue atOf(const ExpressionRun& run, const Given& given)
{
    const Row& all = run.row(given[0]);
    const int token = run.tokenOf(given[1]);
    if (std::size_t(token) >= all.size()) run.refuse("asks for a token behind the end of a row");
    return double(all[std::size_t(token)]);
}

LessonValue topOf(const ExpressionRun& run, const Given& given)
{
    const Row& all = run.row(given[0]);
    return run.nameOf(run.keyStream(), int(std::ranges::max_element(all) - all.begin()));
}

LessonValue shareOf(const ExpressionRun& run, const Given& given)
{
    const Row& all = run.row(given[0]);
    const verbs::Stream& stream = run.facts().input->streams.at(std::size_t(run.keyStream()));
    const std::size_t words = stream.tokens.size(), first = words + std::size_t(stream.prefix);
    const std::string& kind = run.text(given[1]);
    if (kind != "text" && kind != "special" && kind != "patches") run.refuse("asks for the share of " + kind);
    double sum = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool special = i < words ? stream.tokens[i].special : i < first;
        const char* const own = i >= first ? "patches" : special ? "special" : "text";
        sum += kind == own ? double(all[i]) : 0.0;
    }
    return sum;
}

LessonValue pieceOf(const ExpressionRun& run, const Given& given)
{
    if (std::holds_alternative<double>(given[0])) return run.nameOf(run.keyStream(), run.tokenOf(given[0]));
    const TokenPlace place = run.placeOf(parseToken(run.text(given[0])), run.keyStream());
    return run.nameOf(place.stream, place.token);
}

LessonValue bestOf(const ExpressionRun& run, const Given&)
{
    const verbs::Outputs& outputs = run.facts().input->outputs;
    if (const auto& classes = outputs.get<verbs::Classes>().best; !classes.empty()) return classes.front().label;
    const auto& texts = outputs.get<verbs::Similarity>().texts;
    if (texts.empty()) run.refuse("asks for a class, and this model gives none");
    return std::ranges::max_element(texts, {}, &verbs::TextScore::probability)->text;
}

LessonValue guessOf(const ExpressionRun& run, const Given&)
{
    const auto& guesses = run.facts().input->outputs.get<verbs::VocabularyScores>().places;
    if (guesses.empty() || guesses.front().best.empty()) run.refuse("asks for a token, and this model guesses none");
    return plainPiece(guesses.front().best.front().text);
}

LessonValue probabilityOf(const ExpressionRun& run, const Given& given)
{
    const std::string& label = run.text(given[0]);
    const verbs::Outputs& outputs = run.facts().input->outputs;
    for (const verbs::Prediction& p : outputs.get<verbs::Classes>().best)
        if (p.label == label) return p.probability;
    for (const verbs::TextScore& score : outputs.get<verbs::Similarity>().texts)
        if (score.text == label) return score.probability;
    if (const auto& guesses = outputs.get<verbs::VocabularyScores>().places; !guesses.empty())
        for (const verbs::TextScore& guess : guesses.front().best)
            if (plainPiece(guess.text) == label) return guess.probability;
    return 0.0;
}

LessonValue distanceOf(const ExpressionRun& run, const Given& given)
{
    const int block = run.whole(given[0]), head = run.whole(given[1]);
    run.blockOf(block);
    return run.facts().distance(block, head);
}

LessonValue layersOf(const ExpressionRun& run, const Given&)
{
    return double(run.facts().input->blocks.size());
}

LessonValue headsOf(const ExpressionRun& run, const Given& given)
{
    return double(run.blockOf(run.whole(given[0])).heads);
}

LessonValue absOf(const ExpressionRun& run, const Given& given)
{
    return std::abs(run.number(given[0]));
}

constexpr std::array<ExpressionFunction, 17> kFunctions{{
    {"sum", 1, sumOf},
    {"max", 1, maxOf},
    {"mean", 1, meanOf},
    {"entropy", 1, entropyOf},
    {"size", 1, sizeOf},
    {"argmax", 1, argmaxOf},
    {"at", 2, atOf},
    {"top", 1, topOf},
    {"share", 2, shareOf},
    {"piece", 1, pieceOf},
    {"best", 0, bestOf},
    {"guess", 0, guessOf},
    {"probability", 1, probabilityOf},
    {"distance", 2, distanceOf},
    {"layers", 0, layersOf},
    {"heads", 1, headsOf},
    {"abs", 1, absOf},
}};

} // namespace

namespace {

const ExpressionFunction* functionNamed(const std::string& name)
{
    for (const std::span<const ExpressionFunction> table :
         {std::span<const ExpressionFunction>(kFunctions), mechanismFunctions(), explanationFunctions()})
        if (const auto hit = std::ranges::find(table, name, &ExpressionFunction::name); hit != table.end())
            return &*hit;
    return nullptr;
}

} // namespace

LessonValue called(const std::string& name, const ExpressionRun& run, const Given& given)
{
    const ExpressionFunction* function = functionNamed(name);
    if (function == nullptr) run.refuse("calls " + name + ", which does not exist");
    if (function->arguments != ExpressionFunction::kAny && function->arguments != given.size())
        run.refuse("gives " + name + " another number of values than it takes");
    return function->run(run, given);
}

} // namespace headlens
