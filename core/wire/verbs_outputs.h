// SPDX-License-Identifier: GPL-3.0-or-later
// What a model answers, as one closed variant: whoever shows, prints or asks about an answer switches over it.
#pragma once

#include "core/wire/wire_type.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace headlens::verbs {

struct Prediction {
    int index = 0;
    std::string label;
    double probability = 0;
};
HEADLENS_WIRE_TYPE(Prediction)

// A text beside its score: CLIP's candidates, and tokens with their probability.
struct TextScore {
    std::string text;
    int id = -1;
    double score = 0, probability = 0;
};
HEADLENS_WIRE_TYPE(TextScore)

// What stands behind one token: the best words for a gap or for what comes next, or the best classes.
struct TopTokens {
    int token = 0;
    std::vector<TextScore> best;
};
HEADLENS_WIRE_TYPE(TopTokens)

// Tokens `begin` to `end` (both included) of the first stream answer the question.
struct AnswerSpan {
    int begin = 0, end = 0;
    std::string text;
    double probability = 0; // of beginning there times of ending there
};
HEADLENS_WIRE_TYPE(AnswerSpan)

// Classes of the whole input, the most probable first.
struct Classes {
    std::vector<Prediction> best;
    bool areNumbers = false; // of a regression: each `probability` is the number itself, in the model's order
};
HEADLENS_WIRE_TYPE(Classes)

// Classes of every token; `id` is the class.
struct TokenClasses {
    std::vector<TopTokens> tokens;
};
HEADLENS_WIRE_TYPE(TokenClasses)

// Where a text answers a question, the most probable first.
struct Spans {
    std::vector<AnswerSpan> best;
};
HEADLENS_WIRE_TYPE(Spans)

// Words for masked tokens, or for what follows the last token of a text that can be continued.
struct VocabularyScores {
    std::vector<TopTokens> places;
};
HEADLENS_WIRE_TYPE(VocabularyScores)

// Texts against the picture, in the order asked.
struct Similarity {
    std::vector<TextScore> texts;
};
HEADLENS_WIRE_TYPE(Similarity)

// A picture that the model painted; its pixels travel beside, as InputAnswer.reconstruction.
struct Picture {
    int width = 0, height = 0;
};
HEADLENS_WIRE_TYPE(Picture)

using Output = std::variant<Classes, TokenClasses, Spans, VocabularyScores, Similarity, Picture>;

// The same as an enum, in the same order; nameOf() is its name on the wire.
enum class OutputKind : std::uint8_t { Classes, TokenClasses, Spans, VocabularyScores, Similarity, Picture };
const char* nameOf(OutputKind kind);

// What one run answered: each kind at most once.
class Outputs {
public:
    // An empty one where there is none of this kind.
    template <class Kind>
    const Kind& get() const
    {
        static const Kind kNone{};
        for (const Output& output : m_all)
            if (const auto* found = std::get_if<Kind>(&output)) return *found;
        return kNone;
    }
    template <class Kind>
    void set(Kind output)
    {
        for (Output& old : m_all)
            if (auto* found = std::get_if<Kind>(&old)) {
                *found = std::move(output);
                return;
            }
        m_all.emplace_back(std::move(output));
    }
    const std::vector<Output>& all() const { return m_all; }

private:
    std::vector<Output> m_all;
};
HEADLENS_WIRE_TYPE(Outputs)

} // namespace headlens::verbs
