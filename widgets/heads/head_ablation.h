// SPDX-License-Identifier: GPL-3.0-or-later
// Heads that contribute nothing: which are so, and a run with one more or one less.
#pragma once

#include "widgets/viewmodel/head_choice.h"

namespace headlens {

class InspectionModel;

bool isAblated(const InspectionModel& model, const HeadPlace& place);
// Without what this head writes the model runs again; every later layer shows what it was good for.
void toggleAblated(InspectionModel* model, const HeadPlace& place);

} // namespace headlens
