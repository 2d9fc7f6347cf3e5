// SPDX-License-Identifier: GPL-3.0-or-later
// What of a description the model and the input do not have. Free of the engine: values in, sentences out.
#pragma once

#include "widgets/figure/figure_panels.h"

namespace headlens {

// Of the model and the first input; where models vary each panel says for itself what its model has not.
std::vector<FigureProblem> problemsOf(const FigureContent& content, const FigureStage& stage);
// A figure of nothing but refusals: the first of them. Empty: some panel shows something.
QString nothingShown(const FigureData& data);

} // namespace headlens
