// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/lesson_context.h"

#include "core/attribution/grids.h"
#include "core/attribution/maps.h"
#include "core/base/error.h"
#include "core/interventions/sweep.h"
#include "core/measures/judgement.h"
#include "core/session/questions/questions.h"
#include "core/session/run_tensors.h"

#include <algorithm>

namespace headlens {
namespace {

// [tokens] of the picture, or of the text that is read: as the row of a token counts them, special tokens of a picture
// 0.
std::vector<float> tokensOf(const verbs::TokenMap& map, const TokenStream& stream)
{
    std::vector<float> values(std::size_t(stream.tokens()), 0.0F);
    const std::vector<float>& own =
        map.streams.empty() || map.streams[0].empty() ? map.map.values : map.streams[0].values;
    if (own.size() > values.size()) throw Error(ErrorCode::BadRequest, map.of.method, "has no number for every token");
    std::ranges::copy(own, values.end() - std::ptrdiff_t(own.size()));
    if (stream.gridHeight > 0)
        std::fill_n(values.begin(), stream.tokens() - stream.gridHeight * stream.gridWidth, 0.0F);
    return values;
}

} // namespace

EvaluationContext lessonContext(const Run& run, const JobControl& control)
{
    EvaluationContext facts = questions::evaluationContext(run);
    facts.map = [&run, &control](const std::string& method) {
        return tokensOf(tokenMap(run, {.method = method}, control), streamOf(run, 0));
    };
    facts.effect = [&run, &control](int block, int head) {
        const ScoredModel model(run, {}, control);
        Changes changes;
        changes.scaleHead({block, head}, 0);
        return model.said().score - changedScore(model, changes);
    };
    facts.faithfulness = [&run, &control](const std::string& method) {
        const verbs::MapJudgement judged = judgeMap(run, {{.method = method}, "zero"}, control);
        return std::pair(judged.deletionArea, judged.insertionArea);
    };
    return facts;
}

verbs::Evaluation evaluateForLesson(const Run& run, const verbs::Evaluate& asked, const JobControl& control)
{
    return questions::evaluate(lessonContext(run, control), asked);
}

} // namespace headlens
