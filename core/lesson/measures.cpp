// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/measures.h"

#include "core/base/error.h"
#include "core/wire/block_grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace headlens {

using Row = std::vector<float>;

void LessonMeasures::refuse(const std::string& why) const
{
    throw Error(ErrorCode::BadRequest, "expression " + std::string(m_expression.substr(0, 120)), why);
}

double LessonMeasures::number(const LessonValue& value) const
{
    if (const auto* found = std::get_if<double>(&value)) return *found;
    refuse("has a text or a row where a number is due");
}

int LessonMeasures::whole(const LessonValue& value) const
{
    constexpr double kLargest = 1e9;
    const double found = number(value);
    if (!(std::abs(found) <= kLargest)) refuse("has a number that no place can have");
    return int(found);
}

const std::vector<float>& LessonMeasures::row(const LessonValue& value) const
{
    if (const auto* found = std::get_if<Row>(&value)) return *found;
    refuse("has no row where one is due");
}

const std::string& LessonMeasures::text(const LessonValue& value) const
{
    if (const auto* found = std::get_if<std::string>(&value)) return *found;
    refuse("has no text in quotes where one is due");
}

const verbs::BlockGrid& LessonMeasures::blockOf(int block) const
{
    const auto& blocks = m_facts.input->blocks;
    if (block < 0 || std::size_t(block) >= blocks.size())
        refuse("names block " + std::to_string(block) + ", which does not exist");
    return blocks[std::size_t(block)];
}

LessonValue LessonMeasures::weightsAt(const Address& address)
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

LessonValue LessonMeasures::called(const std::string& name, const Given& given) const
{
    struct Function {
        const char* name;
        std::size_t arguments;
        LessonValue (LessonMeasures::*run)(const Given&) const;
    };
    constexpr std::size_t kAny = 99;
    static constexpr std::array<Function, 28> kFunctions{{
        {"sum", 1, &LessonMeasures::sumOf},
        {"max", 1, &LessonMeasures::maxOf},
        {"mean", 1, &LessonMeasures::meanOf},
        {"entropy", 1, &LessonMeasures::entropyOf},
        {"size", 1, &LessonMeasures::sizeOf},
        {"argmax", 1, &LessonMeasures::argmaxOf},
        {"at", 2, &LessonMeasures::atOf},
        {"top", 1, &LessonMeasures::topOf},
        {"share", 2, &LessonMeasures::shareOf},
        {"piece", 1, &LessonMeasures::pieceOf},
        {"best", 0, &LessonMeasures::bestOf},
        {"guess", 0, &LessonMeasures::guessOf},
        {"probability", 1, &LessonMeasures::probabilityOf},
        {"distance", 2, &LessonMeasures::distanceOf},
        {"layers", 0, &LessonMeasures::layersOf},
        {"heads", 1, &LessonMeasures::headsOf},
        {"abs", 1, &LessonMeasures::absOf},
        {"state", kAny, &LessonMeasures::stateOf},
        {"router", 2, &LessonMeasures::routerOf},
        {"takes", 2, &LessonMeasures::takesOf},
        {"taking", 1, &LessonMeasures::takingOf},
        {"mass", 3, &LessonMeasures::massOf},
        {"near", 2, &LessonMeasures::nearOf},
        {"likeness", 2, &LessonMeasures::likenessOf},
        {"history", 2, &LessonMeasures::historyOf},
        {"measured", 1, &LessonMeasures::measuredOf},
        {"without", 1, &LessonMeasures::withoutOf},
        {"chance", 1, &LessonMeasures::chanceOf},
    }};
    const auto hit = std::ranges::find(kFunctions, name, &Function::name);
    if (hit == kFunctions.end()) refuse("calls " + name + ", which does not exist");
    if (hit->arguments != kAny && hit->arguments != given.size())
        refuse("gives " + name + " another number of values than it takes");
    return (this->*hit->run)(given);
}

LessonValue LessonMeasures::sumOf(const Given& given) const
{
    const Row& all = row(given[0]);
    return std::accumulate(all.begin(), all.end(), 0.0);
}

LessonValue LessonMeasures::maxOf(const Given& given) const
{
    const Row& all = row(given[0]);
    return all.empty() ? 0.0 : double(*std::ranges::max_element(all));
}

LessonValue LessonMeasures::meanOf(const Given& given) const
{
    const Row& all = row(given[0]);
    return all.empty() ? 0.0 : std::accumulate(all.begin(), all.end(), 0.0) / double(all.size());
}

LessonValue LessonMeasures::entropyOf(const Given& given) const // in nats
{
    double entropy = 0;
    for (const float weight : row(given[0]))
        if (weight > 0) entropy -= double(weight) * std::log(double(weight));
    return entropy;
}

LessonValue LessonMeasures::sizeOf(const Given& given) const
{
    return double(row(given[0]).size());
}

LessonValue LessonMeasures::argmaxOf(const Given& given) const
{
    const Row& all = row(given[0]);
    return double(std::ranges::max_element(all) - all.begin());
}

LessonValue LessonMeasures::atOf(const Given& given) const
{
    const Row& all = row(given[0]);
    const int token = tokenOf(given[1]);
    if (std::size_t(token) >= all.size()) refuse("asks for a token behind the end of a row");
    return double(all[std::size_t(token)]);
}

LessonValue LessonMeasures::topOf(const Given& given) const
{
    const Row& all = row(given[0]);
    return nameOf(m_keyStream, int(std::ranges::max_element(all) - all.begin()));
}

LessonValue LessonMeasures::shareOf(const Given& given) const
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

LessonValue LessonMeasures::pieceOf(const Given& given) const
{
    if (std::holds_alternative<double>(given[0])) return nameOf(m_keyStream, tokenOf(given[0]));
    const TokenPlace place = placeOf(parseToken(text(given[0])), *m_facts.model, *m_facts.input, m_keyStream);
    return nameOf(place.stream, place.token);
}

LessonValue LessonMeasures::bestOf(const Given&) const
{
    const verbs::InputInfo& input = *m_facts.input;
    if (!input.predictions.empty()) return input.predictions.front().label;
    if (input.scores.empty()) refuse("asks for a class, and this model gives none");
    return std::ranges::max_element(input.scores, {}, &verbs::TextScore::probability)->text;
}

LessonValue LessonMeasures::guessOf(const Given&) const
{
    const auto& guesses = m_facts.input->guesses;
    if (guesses.empty() || guesses.front().best.empty()) refuse("asks for a token, and this model guesses none");
    return plainPiece(guesses.front().best.front().text);
}

LessonValue LessonMeasures::probabilityOf(const Given& given) const
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

LessonValue LessonMeasures::distanceOf(const Given& given) const
{
    const int block = whole(given[0]), head = whole(given[1]);
    blockOf(block);
    return m_facts.distance(block, head);
}

LessonValue LessonMeasures::layersOf(const Given&) const
{
    return double(m_facts.input->blocks.size());
}

LessonValue LessonMeasures::headsOf(const Given& given) const
{
    return double(blockOf(whole(given[0])).heads);
}

LessonValue LessonMeasures::absOf(const Given& given) const
{
    return std::abs(number(given[0]));
}

int LessonMeasures::tokenOf(const LessonValue& value) const
{
    if (std::holds_alternative<double>(value)) return std::max(0, whole(value));
    return keyOf(parseToken(text(value)));
}

// Where a token stands among the keys of the last row: later stages of a Swin have smaller maps.
int LessonMeasures::keyOf(const TokenName& name) const
{
    const TokenPlace place = placeOf(name, *m_facts.model, *m_facts.input, m_keyStream);
    const verbs::Stream& stream = m_facts.input->streams.at(std::size_t(place.stream));
    const int before = int(stream.tokens.size()) + stream.prefix, patch = place.token - before;
    const bool smaller = m_block != nullptr && m_block->halvings > 0 && place.stream == m_keyStream && patch >= 0;
    return smaller ? before + coveringPatch(*m_block, patch, stream.gridWidth) : place.token;
}

// "cat", "CLS", "patch (3, 5)" counted from 0.
std::string LessonMeasures::nameOf(int streamIndex, int token) const
{
    const verbs::Stream& stream = m_facts.input->streams.at(std::size_t(streamIndex));
    const int words = int(stream.tokens.size()), patch = token - words - stream.prefix;
    if (token < 0) refuse("asks for a token before the first");
    if (token < words) return plainPiece(stream.tokens[std::size_t(token)].piece);
    const bool own = m_block != nullptr && m_block->gridWidth > 0 && streamIndex == m_keyStream;
    const int width = own ? m_block->gridWidth : stream.gridWidth;
    if (patch >= 0 && width > 0)
        return "patch (" + std::to_string(patch / width) + ", " + std::to_string(patch % width) + ")";
    const auto& names = m_facts.model->prefixTokens;
    return std::size_t(token - words) < names.size() ? names[std::size_t(token - words)]
                                                     : "token " + std::to_string(token);
}

} // namespace headlens
