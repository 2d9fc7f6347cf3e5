// SPDX-License-Identifier: GPL-3.0-or-later
// What else is known of a token: whether it can be hidden, what class it has, whether it answers. Plain.
#pragma once

#include "widgets/text/token_values.h"
#include "widgets/viewmodel/inspection_model.h"

namespace headlens {

// What was written cannot be unseen, and SigLIP was trained without a mask.
bool canHide(const InspectionModel& model, int stream);
bool isHiddenToken(const InspectionModel& model, int stream, int token);
// The class that the model gives it; empty without, and for what is outside of everything that has a name.
QString classOf(const verbs::InputInfo& input, int stream, int token);
bool isAnswer(const verbs::InputInfo& input, int stream, int token); // of the best span that answers a question
QString tipOf(const verbs::InputInfo& input, int stream, int token, const TokenValues& values);

} // namespace headlens
