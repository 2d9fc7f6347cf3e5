// SPDX-License-Identifier: GPL-3.0-or-later
// The run that an expression is about, as its functions ask for it: places, rows, names of tokens.
#pragma once

#include "core/lesson/address.h"
#include "core/lesson/expression.h"

namespace headlens {

// Remembers the last row that was asked for: the tokens that functions name are its keys.
class ExpressionRun {
public:
    // Both outlive it; `expression` is for messages.
    ExpressionRun(std::string_view expression, const EvaluationContext& facts)
        : m_expression(expression), m_facts(facts)
    {
    }

    const EvaluationContext& facts() const { return m_facts; }
    int keyStream() const { return m_keyStream; } // whose tokens the last row counts
    // A row of weights, or one weight. Throws Error(BadRequest) for places that do not exist, as the others.
    LessonValue weightsAt(const Address& address);

    double number(const LessonValue& value) const;
    int whole(const LessonValue& value) const; // refuses what no place can be
    const std::vector<float>& row(const LessonValue& value) const;
    const std::string& text(const LessonValue& value) const;
    const verbs::BlockGrid& blockOf(int block) const;
    TokenPlace placeOf(const TokenName& name, int stream) const;
    int tokenOf(const LessonValue& value) const; // among the keys of the last row
    std::string nameOf(int stream, int token) const;
    [[noreturn]] void refuse(const std::string& why) const;

private:
    int keyOf(const TokenName& name) const;

    std::string_view m_expression;
    const EvaluationContext& m_facts;
    int m_keyStream = 0;
    const verbs::BlockGrid* m_block = nullptr; // of the last row
};

} // namespace headlens
