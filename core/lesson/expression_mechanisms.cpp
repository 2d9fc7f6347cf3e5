// SPDX-License-Identifier: GPL-3.0-or-later
// What expressions say of mechanisms: states, routers, injected vectors, histories, measured numbers.
#include "core/lesson/expression_functions.h"
#include "core/wire/block_grid.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace headlens {
namespace {

using Given = std::vector<LessonValue>;

LessonValue stateOf(const ExpressionRun& run, const Given& given)
{
    if (given.size() < 2 || !run.facts().state) run.refuse("gives state no name and place");
    std::vector<int> place;
    for (std::size_t i = 1; i < given.size(); ++i) place.push_back(run.whole(given[i]));
    return run.facts().state(run.text(given[0]), place);
}

// A token of the stream that the block's queries come from.
int queryOf(const ExpressionRun& run, const verbs::BlockGrid& block, const LessonValue& token)
{
    if (std::holds_alternative<double>(token)) return run.whole(token);
    return run.placeOf(parseToken(run.text(token)), block.queryStream).token;
}

LessonValue routerOf(const ExpressionRun& run, const Given& given)
{
    const verbs::BlockGrid& block = run.blockOf(run.whole(given[0]));
    const int token = queryOf(run, block, given[1]);
    if (token < 0 || std::size_t(token) >= block.router.size()) run.refuse("asks a block without a router");
    return block.router[std::size_t(token)];
}

LessonValue takesOf(const ExpressionRun& run, const Given& given)
{
    const verbs::BlockGrid& block = run.blockOf(run.whole(given[0]));
    const int token = queryOf(run, block, given[1]);
    return block.taking.empty() || std::ranges::find(block.taking, token) != block.taking.end() ? 1.0 : 0.0;
}

LessonValue takingOf(const ExpressionRun& run, const Given& given)
{
    const verbs::BlockGrid& block = run.blockOf(run.whole(given[0]));
    return double(block.taking.empty() ? std::size_t(block.queries) : block.taking.size());
}

// What a row gives to the tokens from one to another, both included.
LessonValue massOf(const ExpressionRun& run, const Given& given)
{
    const std::vector<float>& all = run.row(given[0]);
    const int first = run.tokenOf(given[1]), last = run.tokenOf(given[2]);
    if (first < 0 || last < first || std::size_t(last) >= all.size())
        run.refuse("asks for tokens that the row does not have");
    return std::accumulate(all.begin() + first, all.begin() + last + 1, 0.0);
}

// The word `given[1]` (from 1) of those next to a token that is no word.
const verbs::NearWord& neighbourOf(const ExpressionRun& run, const Given& given)
{
    const auto* index = std::get_if<double>(&given[0]);
    const TokenPlace place =
        index != nullptr ? TokenPlace{0, int(*index)} : run.placeOf(parseToken(run.text(given[0])), 0);
    const auto& tokens = run.facts().input->streams.at(std::size_t(place.stream)).tokens;
    if (place.token < 0 || std::size_t(place.token) >= tokens.size()) run.refuse("names a token that does not exist");
    const auto& near = tokens[std::size_t(place.token)].near;
    const double asked = run.number(given[1]);
    if (!(asked >= 1) || asked > double(near.size())) run.refuse("asks for a neighbour that this token does not have");
    return near[std::size_t(asked) - 1];
}

LessonValue nearOf(const ExpressionRun& run, const Given& given)
{
    return plainPiece(neighbourOf(run, given).piece);
}

LessonValue likenessOf(const ExpressionRun& run, const Given& given)
{
    return neighbourOf(run, given).cosine;
}

// A curve of the training at one of its steps: 1 the first, 2 the second ... -1 the last.
LessonValue historyOf(const ExpressionRun& run, const Given& given)
{
    if (!run.facts().history) run.refuse("asks for a training that this model does not remember");
    const verbs::History history = run.facts().history();
    const auto curve = std::ranges::find(history.curves, run.text(given[0]), &verbs::HistoryCurve::name);
    if (curve == history.curves.end()) run.refuse("names a curve that the training did not leave");
    const double asked = run.number(given[1]), count = double(curve->values.size());
    const double place = asked < 0 ? count + asked : asked - 1;
    if (!(place >= 0) || place >= count) run.refuse("asks for a step that the training did not leave");
    return curve->values[std::size_t(place)];
}

const verbs::MeasuredScore& scoreOf(const ExpressionRun& run, const Given& given)
{
    const double line = run.number(given[0]);
    if (!(line >= 1) || line > double(run.facts().measured.size()))
        run.refuse("asks for a line that the model's card does not have");
    return run.facts().measured[std::size_t(line) - 1];
}

LessonValue measuredOf(const ExpressionRun& run, const Given& given)
{
    return scoreOf(run, given).with;
}

LessonValue withoutOf(const ExpressionRun& run, const Given& given)
{
    const verbs::MeasuredScore& score = scoreOf(run, given);
    if (score.without < 0) run.refuse("asks what is left without a mechanism, and that was not measured");
    return score.without;
}

LessonValue chanceOf(const ExpressionRun& run, const Given& given)
{
    return scoreOf(run, given).chance;
}

constexpr std::array<ExpressionFunction, 11> kFunctions{{
    {"state", ExpressionFunction::kAny, stateOf},
    {"router", 2, routerOf},
    {"takes", 2, takesOf},
    {"taking", 1, takingOf},
    {"mass", 3, massOf},
    {"near", 2, nearOf},
    {"likeness", 2, likenessOf},
    {"history", 2, historyOf},
    {"measured", 1, measuredOf},
    {"without", 1, withoutOf},
    {"chance", 1, chanceOf},
}};

} // namespace

std::span<const ExpressionFunction> mechanismFunctions()
{
    return kFunctions;
}

} // namespace headlens
