// SPDX-License-Identifier: GPL-3.0-or-later
// Heads that contribute nothing, more or less than they were trained to: which are so, and a run that changes it.
#pragma once

#include "widgets/viewmodel/head_choice.h"

#include <vector>

namespace headlens {

class InspectionModel;

bool isAblated(const InspectionModel& model, const HeadPlace& place);
// Without what this head writes the model runs again; every later layer shows what it was good for.
void toggleAblated(InspectionModel* model, const HeadPlace& place);
// All of them off, in one run; on again where all of them are off.
void toggleAllAblated(InspectionModel* model, const std::vector<HeadPlace>& places);
void setFactor(InspectionModel* model, const HeadPlace& place, double factor); // 0 is off, 1 as trained
void setMean(InspectionModel* model, const HeadPlace& place);                  // of it over the tokens

} // namespace headlens
