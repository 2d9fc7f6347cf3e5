// SPDX-License-Identifier: GPL-3.0-or-later
// What the model believes of its input, and the question what one of these answers rests on.
#pragma once

#include "core/wire/verbs.h"

#include <QString>

#include <vector>

namespace headlens {

class InspectionModel;

// Classes, labels scored against the picture, or guesses for a gap or for what comes next.
std::vector<verbs::Prediction> answersOf(const verbs::InputInfo& input);
// ImageNet labels list synonyms after commas: the first one.
QString firstName(const std::string& label);
// Shows what it rests on, where the model allows that (MethodMap::explains).
void explainAnswer(InspectionModel* model, const verbs::Prediction& answer);

} // namespace headlens
