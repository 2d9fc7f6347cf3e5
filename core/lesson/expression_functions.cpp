// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/expression_functions.h"

#include "core/base/error.h"
#include "core/wire/block_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace headlens {

using Row = std::vector<float>;

void ExpressionFunctions::refuse(const std::string& why) const
{
    throw Error(ErrorCode::BadRequest, "expression " + std::string(m_expression.substr(0, 120)), why);
}

double ExpressionFunctions::number(const LessonValue& value) const
{
    if (const auto* found = std::get_if<double>(&value)) return *found;
    refuse("has a text or a row where a number is due");
}

int ExpressionFunctions::whole(const LessonValue& value) const
{
    constexpr double kLargest = 1e9;
    const double found = number(value);
    if (!(std::abs(found) <= kLargest)) refuse("has a number that no place can have");
    return int(found);
}

const std::vector<float>& ExpressionFunctions::row(const LessonValue& value) const
{
    if (const auto* found = std::get_if<Row>(&value)) return *found;
    refuse("has no row where one is due");
}

const std::string& ExpressionFunctions::text(const LessonValue& value) const
{
    if (const auto* found = std::get_if<std::string>(&value)) return *found;
    refuse("has no text in quotes where one is due");
}

const verbs::BlockGrid& ExpressionFunctions::blockOf(int block) const
{
    const auto& blocks = m_facts.input->blocks;
    if (block < 0 || std::size_t(block) >= blocks.size())
        refuse("names block " + std::to_string(block) + ", which does not exist");
    return blocks[std::size_t(block)];
}

LessonValue ExpressionFunctions::weightsAt(const Address& address)
{
    const verbs::BlockGrid& block = blockOf(address.block);
    const TokenPlace place = placeOf(address.row, *m_facts.model, *m_facts.input, block.queryStream);
    const std::vector<Row> heads = m_facts.rows(address.block, place.stream, place.token);
    if (heads.empty()) refuse("asks a block that this token takes no part in");
    if (address.head >= int(heads.size())) refuse("names a head that does not exist");
    m_keyStream = block.keyStream;
    m_block = &block;
    Row row = heads[std::size_t(std::max(0, address.head))];
    for (std::size_t h = 1; address.head < 0 && h < heads.size(); ++h)
        for (std::size_t i = 0; i < row.size(); ++i) row[i] += heads[h][i];
    if (address.head < 0)
        for (float& weight : row) weight /= float(heads.size());
    if (!address.column) return row;
    const auto key = std::size_t(keyOf(*address.column));
    if (key >= row.size()) refuse("names a key that this block does not look at");
    return double(row[key]);
}

LessonValue ExpressionFunctions::called(const std::string& name, const Given& given) const
{
    struct Function {
        const char* name;
        std::size_t arguments;
        LessonValue (ExpressionFunctions::*run)(const Given&) const;
    };
    constexpr std::size_t kAny = 99;
    static constexpr std::array<Function, 28> kFunctions{{
        {"sum", 1, &ExpressionFunctions::sumOf},
        {"max", 1, &ExpressionFunctions::maxOf},
        {"mean", 1, &ExpressionFunctions::meanOf},
        {"entropy", 1, &ExpressionFunctions::entropyOf},
        {"size", 1, &ExpressionFunctions::sizeOf},
        {"argmax", 1, &ExpressionFunctions::argmaxOf},
        {"at", 2, &ExpressionFunctions::atOf},
        {"top", 1, &ExpressionFunctions::topOf},
        {"share", 2, &ExpressionFunctions::shareOf},
        {"piece", 1, &ExpressionFunctions::pieceOf},
        {"best", 0, &ExpressionFunctions::bestOf},
        {"guess", 0, &ExpressionFunctions::guessOf},
        {"probability", 1, &ExpressionFunctions::probabilityOf},
        {"distance", 2, &ExpressionFunctions::distanceOf},
        {"layers", 0, &ExpressionFunctions::layersOf},
        {"heads", 1, &ExpressionFunctions::headsOf},
        {"abs", 1, &ExpressionFunctions::absOf},
        {"state", kAny, &ExpressionFunctions::stateOf},
        {"router", 2, &ExpressionFunctions::routerOf},
        {"takes", 2, &ExpressionFunctions::takesOf},
        {"taking", 1, &ExpressionFunctions::takingOf},
        {"mass", 3, &ExpressionFunctions::massOf},
        {"near", 2, &ExpressionFunctions::nearOf},
        {"likeness", 2, &ExpressionFunctions::likenessOf},
        {"history", 2, &ExpressionFunctions::historyOf},
        {"measured", 1, &ExpressionFunctions::measuredOf},
        {"without", 1, &ExpressionFunctions::withoutOf},
        {"chance", 1, &ExpressionFunctions::chanceOf},
    }};
    const auto hit = std::ranges::find(kFunctions, name, &Function::name);
    if (hit == kFunctions.end()) refuse("calls " + name + ", which does not exist");
    if (hit->arguments != kAny && hit->arguments != given.size())
        refuse("gives " + name + " another number of values than it takes");
    return (this->*hit->run)(given);
}

LessonValue ExpressionFunctions::sumOf(const Given& given) const
{
    const Row& all = row(given[0]);
    return std::accumulate(all.begin(), all.end(), 0.0);
}

LessonValue ExpressionFunctions::maxOf(const Given& given) const
{
    const Row& all = row(given[0]);
    return all.empty() ? 0.0 : double(*std::ranges::max_element(all));
}

LessonValue ExpressionFunctions::meanOf(const Given& given) const
{
    const Row& all = row(given[0]);
    return all.empty() ? 0.0 : std::accumulate(all.begin(), all.end(), 0.0) / double(all.size());
}

LessonValue ExpressionFunctions::entropyOf(const Given& given) const // in nats
{
    double entropy = 0;
    for (const float weight : row(given[0]))
        if (weight > 0) entropy -= double(weight) * std::log(double(weight));
    return entropy;
}

LessonValue ExpressionFunctions::sizeOf(const Given& given) const
{
    return double(row(given[0]).size());
}

LessonValue ExpressionFunctions::argmaxOf(const Given& given) const
{
    const Row& all = row(given[0]);
    return double(std::ranges::max_element(all) - all.begin());
}

LessonValue ExpressionFunctions::atOf(const Given& given) const
{
    const Row& all = row(given[0]);
    const int token = tokenOf(given[1]);
    if (std::size_t(token) >= all.size()) refuse("asks for a token behind the end of a row");
    return double(all[std::size_t(token)]);
}

LessonValue ExpressionFunctions::topOf(const Given& given) const
{
    const Row& all = row(given[0]);
    return nameOf(m_keyStream, int(std::ranges::max_element(all) - all.begin()));
}

LessonValue ExpressionFunctions::shareOf(const Given& given) const
{
    const Row& all = row(given[0]);
    const verbs::Stream& stream = m_facts.input->streams.at(std::size_t(m_keyStream));
    const std::size_t words = stream.tokens.size(), first = words + std::size_t(stream.prefix);
    const std::string& kind = text(given[1]);
    if (kind != "text" && kind != "special" && kind != "patches") refuse("asks for the share of " + kind);
    double sum = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool special = i < words ? stream.tokens[i].special : i < first;
        const char* const own = i >= first ? "patches" : special ? "special" : "text";
        sum += kind == own ? double(all[i]) : 0.0;
    }
    return sum;
}

LessonValue ExpressionFunctions::pieceOf(const Given& given) const
{
    if (std::holds_alternative<double>(given[0])) return nameOf(m_keyStream, tokenOf(given[0]));
    const TokenPlace place = placeOf(parseToken(text(given[0])), *m_facts.model, *m_facts.input, m_keyStream);
    return nameOf(place.stream, place.token);
}

LessonValue ExpressionFunctions::bestOf(const Given&) const
{
    const verbs::InputInfo& input = *m_facts.input;
    if (!input.predictions.empty()) return input.predictions.front().label;
    if (input.scores.empty()) refuse("asks for a class, and this model gives none");
    return std::ranges::max_element(input.scores, {}, &verbs::TextScore::probability)->text;
}

LessonValue ExpressionFunctions::guessOf(const Given&) const
{
    const auto& guesses = m_facts.input->guesses;
    if (guesses.empty() || guesses.front().best.empty()) refuse("asks for a token, and this model guesses none");
    return plainPiece(guesses.front().best.front().text);
}

LessonValue ExpressionFunctions::probabilityOf(const Given& given) const
{
    const std::string& label = text(given[0]);
    const verbs::InputInfo& input = *m_facts.input;
    for (const verbs::Prediction& p : input.predictions)
        if (p.label == label) return p.probability;
    for (const verbs::TextScore& score : input.scores)
        if (score.text == label) return score.probability;
    if (!input.guesses.empty())
        for (const verbs::TextScore& guess : input.guesses.front().best)
            if (plainPiece(guess.text) == label) return guess.probability;
    return 0.0;
}

LessonValue ExpressionFunctions::distanceOf(const Given& given) const
{
    const int block = whole(given[0]), head = whole(given[1]);
    blockOf(block);
    return m_facts.distance(block, head);
}

LessonValue ExpressionFunctions::layersOf(const Given&) const
{
    return double(m_facts.input->blocks.size());
}

LessonValue ExpressionFunctions::headsOf(const Given& given) const
{
    return double(blockOf(whole(given[0])).heads);
}

LessonValue ExpressionFunctions::absOf(const Given& given) const
{
    return std::abs(number(given[0]));
}

int ExpressionFunctions::tokenOf(const LessonValue& value) const
{
    if (std::holds_alternative<double>(value)) return std::max(0, whole(value));
    return keyOf(parseToken(text(value)));
}

// Where a token stands among the keys of the last row: later stages of a Swin have smaller maps.
int ExpressionFunctions::keyOf(const TokenName& name) const
{
    const TokenPlace place = placeOf(name, *m_facts.model, *m_facts.input, m_keyStream);
    const verbs::Stream& stream = m_facts.input->streams.at(std::size_t(place.stream));
    const int before = int(stream.tokens.size()) + stream.prefix, patch = place.token - before;
    const bool smaller =
        m_block != nullptr && m_block->log2Downsampling > 0 && place.stream == m_keyStream && patch >= 0;
    return smaller ? before + coveringPatch(*m_block, patch, stream.gridWidth) : place.token;
}

// "cat", "CLS", "patch (3, 5)" counted from 0.
std::string ExpressionFunctions::nameOf(int streamIndex, int token) const
{
    const verbs::Stream& stream = m_facts.input->streams.at(std::size_t(streamIndex));
    const int words = int(stream.tokens.size()), patch = token - words - stream.prefix;
    if (token < 0) refuse("asks for a token before the first");
    if (token < words) return plainPiece(stream.tokens[std::size_t(token)].piece);
    const bool own = m_block != nullptr && m_block->gridWidth > 0 && streamIndex == m_keyStream;
    const int width = own ? m_block->gridWidth : stream.gridWidth;
    if (patch >= 0 && width > 0) return fmt::format("patch ({}, {})", patch / width, patch % width);
    const auto& names = m_facts.model->prefixTokens;
    return std::size_t(token - words) < names.size() ? names[std::size_t(token - words)]
                                                     : "token " + std::to_string(token);
}

} // namespace headlens
