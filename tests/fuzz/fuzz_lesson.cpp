// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson.json with a text behind it: the first two bytes say how many bytes the text has. Every number in the text is
// computed over a small made-up run.
#include "core/base/error.h"
#include "core/lesson/address.h"
#include "core/lesson/expression.h"
#include "core/lesson/lesson.h"

#include <cstdint>

namespace {

using namespace headlens;

void evaluateAll(const std::string& text, const EvaluationContext& facts)
{
    for (const Binding& binding : bindingsOf(text)) {
        try {
            shown(evaluate(binding.expression, facts), binding.format);
        } catch (const Error&) {
        }
    }
    for (const std::string& link : linksOf(text)) {
        try {
            placeOf(parseAddress(link).row, *facts.model, *facts.input);
        } catch (const Error&) {
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 2), size - 2);
    const std::size_t length = std::min<std::size_t>(std::size_t(data[0]) * 256 + data[1], bytes.size());
    const std::string text(bytes.substr(bytes.size() - length));
    verbs::ModelInfo model;
    model.prefixTokens = {"cls"};
    model.blocks = {{0, 2, 8, "", "self"}};
    verbs::InputInfo input;
    verbs::Stream stream;
    stream.tokens.resize(3);
    stream.prefix = 1;
    stream.gridHeight = stream.gridWidth = 2;
    input.streams = {stream};
    input.blocks.resize(1);
    EvaluationContext facts{&model, &input, {}, {}};
    facts.rows = [](int, int, int) { return std::vector<std::vector<float>>(2, std::vector<float>(8, 0.125F)); };
    facts.distance = [](int, int) { return 1.0; };
    evaluateAll(text, facts);
    try {
        const Lesson lesson = parseLesson("fuzz", bytes.substr(0, bytes.size() - length), {{"en", text}});
        for (const LessonStep& step : lesson.steps)
            if (!lesson.texts.at(0).steps.contains(step.id)) __builtin_trap();
    } catch (const Error&) {
    }
    return 0;
}
