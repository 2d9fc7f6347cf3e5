// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers and claims of lessons.
#include "core/session/questions/questions.h"

#include "core/base/error.h"
#include "core/lesson/expression.h"
#include "core/session/embedded_models.h"
#include "core/session/questions/token_measure.h"
#include "core/tensors/bridge.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headlens::questions {
namespace {

// "max(blk0.h1.attn[row=cls]) | pct" -> the expression and its format.
std::pair<std::string_view, std::string_view> withFormat(std::string_view text)
{
    const std::size_t bar = text.rfind('|');
    if (bar == std::string_view::npos) return {text, {}};
    std::string_view format = text.substr(bar + 1);
    while (format.starts_with(' ')) format.remove_prefix(1);
    while (format.ends_with(' ')) format.remove_suffix(1);
    return {text.substr(0, bar), format};
}

} // namespace

EvaluationContext evaluationContext(const Run& run)
{
    EvaluationContext facts;
    facts.model = &run.modelInfo();
    facts.input = &run.info;
    facts.rows = [&run](int block, int stream, int token) {
        const FloatArray found = rows(run, {token, false, stream, false}).layers.at(std::size_t(block));
        std::vector<std::vector<float>> heads;
        for (int h = 0; h < found.rows(); ++h) heads.emplace_back(found.part(h).begin(), found.part(h).end());
        return heads;
    };
    facts.distance = [&run](int block, int head) {
        const FloatArray map = toArray(tokenMeasure(run, Overview::Distance, block, head, "single"));
        return std::accumulate(map.values.begin(), map.values.end(), 0.0) /
               double(std::max<std::size_t>(1, map.values.size()));
    };
    facts.state = [&run](const std::string& name, const std::vector<int>& place) {
        const FloatArray found = state(run, {name}).numbers;
        std::int64_t at = 0;
        bool exists = place.size() == found.shape.size();
        for (std::size_t i = 0; exists && i < place.size(); ++i) {
            exists = place[i] >= 0 && place[i] < found.shape[i];
            at = at * found.shape[i] + place[i];
        }
        if (!exists) throw Error(ErrorCode::BadRequest, "state \"" + name + "\"", "has no such place");
        return double(found.values[std::size_t(at)]);
    };
    if (run.modelInfo().remembersTraining) facts.history = [&run] { return history(run.model()); };
    for (const verbs::EmbeddedModel& known : embeddedModels())
        if (known.name == run.modelInfo().name) facts.measured = known.scores;
    return facts;
}

verbs::Evaluation evaluate(const EvaluationContext& facts, const verbs::Evaluate& asked)
{
    constexpr std::size_t kMost = 1000;
    if (asked.expressions.size() > kMost)
        throw Error(ErrorCode::BadRequest, "evaluation", "asks for more than 1000 values at once");
    verbs::Evaluation result;
    for (const std::string& text : asked.expressions) {
        verbs::EvaluatedOne one;
        const auto [expression, format] = withFormat(text);
        try {
            const LessonValue value = headlens::evaluate(expression, facts);
            one.text = shown(value, format);
            if (const auto* number = std::get_if<double>(&value); number != nullptr && std::isfinite(*number))
                one.number = *number; // JSON has no other numbers
        } catch (const Error& problem) {
            one.error = problem.what();
        }
        result.values.push_back(std::move(one));
    }
    return result;
}

} // namespace headlens::questions
