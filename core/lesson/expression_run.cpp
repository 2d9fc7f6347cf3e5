// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/expression_run.h"

#include "core/base/error.h"
#include "core/wire/block_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace headlens {

using Row = std::vector<float>;

void ExpressionRun::refuse(const std::string& why) const
{
    throw Error(ErrorCode::BadRequest, "expression " + std::string(m_expression.substr(0, 120)), why);
}

double ExpressionRun::number(const LessonValue& value) const
{
    if (const auto* found = std::get_if<double>(&value)) return *found;
    refuse("has a text or a row where a number is due");
}

int ExpressionRun::whole(const LessonValue& value) const
{
    constexpr double kLargest = 1e9;
    const double found = number(value);
    if (!(std::abs(found) <= kLargest)) refuse("has a number that no place can have");
    return int(found);
}

const std::vector<float>& ExpressionRun::row(const LessonValue& value) const
{
    if (const auto* found = std::get_if<Row>(&value)) return *found;
    refuse("has no row where one is due");
}

const std::string& ExpressionRun::text(const LessonValue& value) const
{
    if (const auto* found = std::get_if<std::string>(&value)) return *found;
    refuse("has no text in quotes where one is due");
}

const verbs::BlockGrid& ExpressionRun::blockOf(int block) const
{
    const auto& blocks = m_facts.input->blocks;
    if (block < 0 || std::size_t(block) >= blocks.size())
        refuse("names block " + std::to_string(block) + ", which does not exist");
    return blocks[std::size_t(block)];
}

TokenPlace ExpressionRun::placeOf(const TokenName& name, int stream) const
{
    return headlens::placeOf(name, *m_facts.model, *m_facts.input, stream);
}

LessonValue ExpressionRun::weightsAt(const Address& address)
{
    const verbs::BlockGrid& block = blockOf(address.block);
    const TokenPlace place = placeOf(address.row, block.queryStream);
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

int ExpressionRun::tokenOf(const LessonValue& value) const
{
    if (std::holds_alternative<double>(value)) return std::max(0, whole(value));
    return keyOf(parseToken(text(value)));
}

// Where a token stands among the keys of the last row: later stages of a Swin have smaller maps.
int ExpressionRun::keyOf(const TokenName& name) const
{
    const TokenPlace place = placeOf(name, m_keyStream);
    const verbs::Stream& stream = m_facts.input->streams.at(std::size_t(place.stream));
    const int before = int(stream.tokens.size()) + stream.prefix, patch = place.token - before;
    const bool ofKeys = m_block != nullptr && place.stream == m_keyStream && patch >= 0;
    return ofKeys ? before + cellUnder(gridOf(stream), gridOf(*m_block), patch) : place.token;
}

// "cat", "CLS", "patch (3, 5)" counted from 0.
std::string ExpressionRun::nameOf(int streamIndex, int token) const
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
