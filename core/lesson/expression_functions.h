// SPDX-License-Identifier: GPL-3.0-or-later
// The functions of core/lesson/expression.h. A new one is a function and a row of a table.
#pragma once

#include "core/lesson/expression_run.h"

#include <span>

namespace headlens {

struct ExpressionFunction {
    static constexpr std::size_t kAny = 99; // arguments

    const char* name;
    std::size_t arguments;
    LessonValue (*run)(const ExpressionRun& run, const std::vector<LessonValue>& given);
};

// Of mechanisms: states, routers, injected vectors, histories, measured numbers.
std::span<const ExpressionFunction> mechanismFunctions();
// Of explanations: maps of methods, what a head is worth.
std::span<const ExpressionFunction> explanationFunctions();

// Throws Error(BadRequest) where there is no such function, or it takes other values.
LessonValue called(const std::string& name, const ExpressionRun& run, const std::vector<LessonValue>& given);

} // namespace headlens
