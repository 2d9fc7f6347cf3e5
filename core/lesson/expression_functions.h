// SPDX-License-Identifier: GPL-3.0-or-later
// The functions and addresses of core/lesson/expression.h over one run.
#pragma once

#include "core/lesson/address.h"
#include "core/lesson/expression.h"

namespace headlens {

// Remembers the last row that was asked for: the tokens that functions name are its keys.
class ExpressionFunctions {
public:
    // Both outlive it; `expression` is for messages.
    ExpressionFunctions(std::string_view expression, const EvaluationContext& facts)
        : m_expression(expression), m_facts(facts)
    {
    }

    // A row of weights, or one weight. Throws Error(BadRequest) for places that do not exist, as the others.
    LessonValue weightsAt(const Address& address);
    LessonValue called(const std::string& name, const std::vector<LessonValue>& given) const;

    double number(const LessonValue& value) const;
    const std::string& text(const LessonValue& value) const;
    [[noreturn]] void refuse(const std::string& why) const;

private:
    using Given = std::vector<LessonValue>;
    LessonValue sumOf(const Given& given) const;
    LessonValue maxOf(const Given& given) const;
    LessonValue meanOf(const Given& given) const;
    LessonValue entropyOf(const Given& given) const;
    LessonValue sizeOf(const Given& given) const;
    LessonValue argmaxOf(const Given& given) const;
    LessonValue atOf(const Given& given) const;
    LessonValue topOf(const Given& given) const;
    LessonValue shareOf(const Given& given) const;
    LessonValue pieceOf(const Given& given) const;
    LessonValue bestOf(const Given& given) const;
    LessonValue guessOf(const Given& given) const;
    LessonValue probabilityOf(const Given& given) const;
    LessonValue distanceOf(const Given& given) const;
    LessonValue layersOf(const Given& given) const;
    LessonValue headsOf(const Given& given) const;
    LessonValue absOf(const Given& given) const;
    LessonValue stateOf(const Given& given) const;
    LessonValue routerOf(const Given& given) const;
    LessonValue takesOf(const Given& given) const;
    LessonValue takingOf(const Given& given) const;
    LessonValue massOf(const Given& given) const;
    LessonValue nearOf(const Given& given) const;
    LessonValue likenessOf(const Given& given) const;
    LessonValue historyOf(const Given& given) const;
    const verbs::NearWord& neighbourOf(const Given& given) const;
    LessonValue measuredOf(const Given& given) const;
    LessonValue withoutOf(const Given& given) const;
    LessonValue chanceOf(const Given& given) const;
    const verbs::MeasuredScore& scoreOf(const Given& given) const;
    int whole(const LessonValue& value) const; // refuses what no place can be
    int queryOf(const verbs::BlockGrid& block, const LessonValue& token) const;
    const std::vector<float>& row(const LessonValue& value) const;
    const verbs::BlockGrid& blockOf(int block) const;
    int tokenOf(const LessonValue& value) const;
    int keyOf(const TokenName& name) const;
    std::string nameOf(int stream, int token) const;

    std::string_view m_expression;
    const EvaluationContext& m_facts;
    int m_keyStream = 0;                       // the stream whose tokens the last row counts
    const verbs::BlockGrid* m_block = nullptr; // of the last row
};

} // namespace headlens
