// SPDX-License-Identifier: GPL-3.0-or-later
// The studies of the made-up engine: "heads" (layers by heads, signed, with a column of its own), "words" (states by
// tokens: places with texts, lengths with outliers), "dear" (takes a minute), "broken" (fails), "refused" (not for this
// model), "compare" (needs a held run; layers by tokens, with what is taken from it), "token" (of the chosen token;
// takes a minute). The heads' number is layer - head / 4.
#pragma once

#include "core/wire/packing.h"
#include "core/wire/verbs_study.h"

#include <optional>

namespace headlens::fake {

inline Message studies()
{
    verbs::StudyList list;
    for (const char* id : {"heads", "words", "dear", "broken", "refused", "compare", "token"}) {
        verbs::StudyInfo one;
        one.method.id = id;
        one.method.title = std::string("study of ") + id;
        one.method.says = "What it says";
        one.method.formula = "a < b";
        one.method.source = "Somebody 2026";
        one.method.over = "run";
        one.method.settings = {{"mode", "Mode", {"zero", "mean"}, 0, 0, "zero"}};
        if (one.method.id == "compare")
            one.method.settings = {{"at", "Taken over", {"residual", "attention", "MLP"}, 0, 0, "residual"}};
        one.changes = one.method.id == "heads";
        one.needsOther = one.readsOther = one.method.id == "compare";
        one.method.ofToken = one.method.id == "token";
        if (one.method.id == "refused") one.method.refusal = "open another model";
        list.studies.push_back(one);
    }
    return verbs::pack(list);
}

inline Message studyCost(const Message& asked)
{
    const std::string of = verbs::read<verbs::StudyQuestion>(asked.body).of.method;
    return verbs::pack(of == "dear" || of == "token" ? verbs::MapCost{400, 60, 0, 8'000'000}
                                                     : verbs::MapCost{1, 0.01, 0, 8'000'000});
}

inline FloatArray headNumbers(int layers, int heads, float factor)
{
    FloatArray numbers({layers, heads + 1}, {});
    for (int layer = 0; layer < layers; ++layer)
        for (int column = 0; column <= heads; ++column)
            numbers.values.push_back(column == heads ? 0.5F : factor * (float(layer) - 0.25F * float(column)));
    return numbers;
}

inline void addWords(verbs::Study& study, int layers, int tokens)
{
    verbs::StudyMatrix places{"places", {"state", {}}, {"token", {}}, "place"}, lengths = places;
    places.isRank = true;
    lengths.title = "lengths";
    lengths.unit = "length";
    lengths.marked = {tokens + 3}; // behind layer 0
    FloatArray ranks({layers + 1, tokens}, {});
    for (int i = 0; i < (layers + 1) * tokens; ++i) {
        ranks.values.push_back(float(1 + i % 100));
        places.texts.push_back("class " + std::to_string(i % 5));
    }
    FloatArray norms = ranks;
    norms.values.back() = std::nanf("");
    study.matrices = {places, lengths};
    study.numbers = {ranks, norms};
}

// Empty: it fails.
inline std::optional<Message> study(const Message& asked, int layers, int heads, int tokens)
{
    verbs::Study answer;
    answer.of = verbs::read<verbs::StudyQuestion>(asked.body);
    const verbs::MapQuestion& of = answer.of.of;
    if (of.method == "broken") return std::nullopt;
    answer.label = "class 3, third";
    answer.score = 7.5;
    if (of.method == "words") {
        addWords(answer, layers, tokens);
        return verbs::pack(answer);
    }
    if (of.method == "compare") {
        answer.matrices = {{"share", {"layer", {}}, {"token", {}}, "share", /*isSigned=*/true}};
        answer.numbers = {FloatArray({layers, tokens}, std::vector<float>(std::size_t(layers * tokens), 0.5F))};
        return verbs::pack(answer);
    }
    verbs::StudyMatrix matrix{"what the score loses", {"layer", {}}, {"head", {"MLP"}}, "score", /*isSigned=*/true};
    answer.matrices = {matrix};
    answer.numbers = {headNumbers(layers, heads, of.settings.contains("mode") ? 2 : 1)};
    return verbs::pack(answer);
}

} // namespace headlens::fake
