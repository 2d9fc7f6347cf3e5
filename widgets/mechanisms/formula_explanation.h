// SPDX-License-Identifier: GPL-3.0-or-later
// What is said about each step of the formula.
#pragma once

#include "widgets/mechanisms/formula.h"

namespace headlens {

// What happens in a step, with its numbers.
QString explanationOf(const Formula& formula, FormulaStep step);

} // namespace headlens
