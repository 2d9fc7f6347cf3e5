// SPDX-License-Identifier: GPL-3.0-or-later
// What the functions of expressions say of mechanisms: states, routers, injected vectors, histories, measured numbers.
#include "core/lesson/expression_functions.h"
#include "core/wire/block_grid.h"

#include <algorithm>
#include <numeric>

namespace headlens {

LessonValue ExpressionFunctions::stateOf(const Given& given) const
{
    if (given.size() < 2 || !m_facts.state) refuse("gives state no name and place");
    std::vector<int> place;
    for (std::size_t i = 1; i < given.size(); ++i) place.push_back(whole(given[i]));
    return m_facts.state(text(given[0]), place);
}

// A token of the stream that the block's queries come from.
int ExpressionFunctions::queryOf(const verbs::BlockGrid& block, const LessonValue& token) const
{
    if (std::holds_alternative<double>(token)) return whole(token);
    return placeOf(parseToken(text(token)), *m_facts.model, *m_facts.input, block.queryStream).token;
}

LessonValue ExpressionFunctions::routerOf(const Given& given) const
{
    const verbs::BlockGrid& block = blockOf(whole(given[0]));
    const int token = queryOf(block, given[1]);
    if (token < 0 || std::size_t(token) >= block.router.size()) refuse("asks a block without a router");
    return block.router[std::size_t(token)];
}

LessonValue ExpressionFunctions::takesOf(const Given& given) const
{
    const verbs::BlockGrid& block = blockOf(whole(given[0]));
    const int token = queryOf(block, given[1]);
    return block.taking.empty() || std::ranges::find(block.taking, token) != block.taking.end() ? 1.0 : 0.0;
}

LessonValue ExpressionFunctions::takingOf(const Given& given) const
{
    const verbs::BlockGrid& block = blockOf(whole(given[0]));
    return double(block.taking.empty() ? std::size_t(block.queries) : block.taking.size());
}

// What a row gives to the tokens from one to another, both included.
LessonValue ExpressionFunctions::massOf(const Given& given) const
{
    const std::vector<float>& all = row(given[0]);
    const int first = tokenOf(given[1]), last = tokenOf(given[2]);
    if (first < 0 || last < first || std::size_t(last) >= all.size())
        refuse("asks for tokens that the row does not have");
    return std::accumulate(all.begin() + first, all.begin() + last + 1, 0.0);
}

// The word `given[1]` (from 1) of those next to a token that is no word.
const verbs::NearWord& ExpressionFunctions::neighbourOf(const Given& given) const
{
    const auto* index = std::get_if<double>(&given[0]);
    const TokenPlace place = index != nullptr ? TokenPlace{0, int(*index)}
                                              : placeOf(parseToken(text(given[0])), *m_facts.model, *m_facts.input, 0);
    const auto& tokens = m_facts.input->streams.at(std::size_t(place.stream)).tokens;
    if (place.token < 0 || std::size_t(place.token) >= tokens.size()) refuse("names a token that does not exist");
    const auto& near = tokens[std::size_t(place.token)].near;
    const double asked = number(given[1]);
    if (!(asked >= 1) || asked > double(near.size())) refuse("asks for a neighbour that this token does not have");
    return near[std::size_t(asked) - 1];
}

LessonValue ExpressionFunctions::nearOf(const Given& given) const
{
    return plainPiece(neighbourOf(given).piece);
}

LessonValue ExpressionFunctions::likenessOf(const Given& given) const
{
    return neighbourOf(given).cosine;
}

// A curve of the training at one of its steps: 1 the first, 2 the second ... -1 the last.
LessonValue ExpressionFunctions::historyOf(const Given& given) const
{
    if (!m_facts.history) refuse("asks for a training that this model does not remember");
    const verbs::History history = m_facts.history();
    const auto curve = std::ranges::find(history.curves, text(given[0]), &verbs::HistoryCurve::name);
    if (curve == history.curves.end()) refuse("names a curve that the training did not leave");
    const double asked = number(given[1]), count = double(curve->values.size());
    const double place = asked < 0 ? count + asked : asked - 1;
    if (!(place >= 0) || place >= count) refuse("asks for a step that the training did not leave");
    return curve->values[std::size_t(place)];
}

const verbs::MeasuredScore& ExpressionFunctions::scoreOf(const Given& given) const
{
    const double line = number(given[0]);
    if (!(line >= 1) || line > double(m_facts.measured.size()))
        refuse("asks for a line that the model's card does not have");
    return m_facts.measured[std::size_t(line) - 1];
}

LessonValue ExpressionFunctions::measuredOf(const Given& given) const
{
    return scoreOf(given).with;
}

LessonValue ExpressionFunctions::withoutOf(const Given& given) const
{
    const verbs::MeasuredScore& score = scoreOf(given);
    if (score.without < 0) refuse("asks what is left without a mechanism, and that was not measured");
    return score.without;
}

LessonValue ExpressionFunctions::chanceOf(const Given& given) const
{
    return scoreOf(given).chance;
}

} // namespace headlens
