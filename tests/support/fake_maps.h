// SPDX-License-Identifier: GPL-3.0-or-later
// The methods of the made-up engine's model "methods": "best", "second" and "random" are quick and more or less
// faithful, "slow" takes a minute, "flat" has a remark, "broken" fails, "refused" is not for this model, "texted" takes
// a list and a text.
#pragma once

#include "core/wire/packing.h"
#include "core/wire/verbs.h"
#include "tests/support/fake_numbers.h"

#include <map>

namespace headlens::fake {

inline std::vector<verbs::MethodInfo> methods()
{
    std::vector<verbs::MethodInfo> all;
    for (const char* id : {"second", "best", "slow", "flat", "broken", "refused", "texted", "random"}) {
        verbs::MethodInfo one;
        one.id = id;
        one.title = std::string("the ") + id;
        one.says = "What it says";
        one.caption = "%1 by its map";
        one.formula = "a < b";
        one.source = "Somebody 2026";
        one.unit = "share";
        one.over = "run";
        one.ofScore = true;
        one.needsGradients = true;
        if (one.id == "refused") one.refusal = "open another model";
        if (one.id == "texted") {
            verbs::Switch list{"levels", "Levels", {}, 0, 1, "0.5"}, text{"words", "Words", {}, 0, 0, "some"};
            list.isList = text.isText = true;
            one.settings = {list, text};
        }
        if (one.id == "random") one.settings = {{"seed", "Seed", {}, 0, 1e9, "0"}};
        all.push_back(one);
    }
    return all;
}

// 0 to 1: how good it is.
inline double faith(const verbs::MapQuestion& of)
{
    static const std::map<std::string, double> kFaith{{"best", 0.9}, {"second", 0.7}, {"random", 0.2}};
    const auto known = kFaith.find(of.method);
    const double seed = of.settings.contains("seed") ? std::stod(of.settings.at("seed")) : 0;
    return (known == kFaith.end() ? 0.5 : known->second) + 0.03 * seed;
}

inline std::string labelOf(const verbs::MapQuestion& of)
{
    const std::string one = "class " + std::to_string(std::max(0, of.score.target));
    return of.score.against < 0 ? one : one + " - class " + std::to_string(of.score.against);
}

inline FloatArray mapOf(const verbs::MapQuestion& of, int side)
{
    FloatArray map({side, side}, {});
    for (int i = 0; i < side * side; ++i)
        map.values.push_back(of.method == "flat" ? 0 : 3 * test::noise(int(of.method.size()), of.score.target, i));
    return map;
}

inline Message map(const Message& asked, int side)
{
    verbs::TokenMap answer;
    answer.of = verbs::read<verbs::MapQuestion>(asked.body);
    answer.map = mapOf(answer.of, side);
    answer.label = labelOf(answer.of);
    if (answer.of.method == "flat") answer.remark = "The gradient is exactly zero.";
    return verbs::pack(answer);
}

inline Message cost(const Message& asked)
{
    const auto of = verbs::read<verbs::MapQuestion>(asked.body);
    verbs::MapCost cost{of.method == "slow" ? 400.0 : 3, of.method == "slow" ? 60 : 0.1, 2'000'000, 8'000'000};
    return verbs::pack(cost);
}

// The map's own faithfulness is the area under its insertion curve.
inline Message judge(const Message& asked, int side)
{
    constexpr int kSteps = 10;
    verbs::MapJudgement answer;
    answer.of = verbs::read<verbs::JudgeMap>(asked.body);
    answer.display = mapOf(answer.of.of, side);
    for (float& value : answer.display.values) value = std::max(0.0F, value) / 3;
    answer.deletion = answer.insertion = FloatArray({1, kSteps + 1}, {});
    for (int i = 0; i <= kSteps; ++i) {
        answer.insertion.values.push_back(float(faith(answer.of.of)));
        answer.deletion.values.push_back(float(1 - faith(answer.of.of)));
    }
    answer.insertionArea = faith(answer.of.of);
    answer.deletionArea = 1 - faith(answer.of.of);
    answer.largest = 3;
    answer.seconds = 0.25;
    answer.label = labelOf(answer.of.of);
    return verbs::pack(answer);
}

// Less alike with every block.
inline Message check(const Message& asked)
{
    verbs::MapCheck answer;
    answer.of = verbs::read<verbs::CheckMap>(asked.body);
    answer.correlation = answer.of.of.method == "best" ? 0.8 / (1 + answer.of.blocks * 2) : 0.95;
    return verbs::pack(answer);
}

} // namespace headlens::fake
