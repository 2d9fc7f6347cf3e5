// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet: every method that the model allows, for one picture and one score, each with how faithful it is.
#pragma once

#include "core/base/job_control.h"
#include "core/session/run.h"
#include "core/wire/verbs_maps.h"

#include <string>
#include <vector>

namespace headlens {

struct SheetEntry {
    std::string method, title;
    verbs::MapJudgement judged; // of the control the areas are means over several draws
};

// What of the methods has a place on a sheet of this run: all that are allowed and explain a whole answer (not one
// token of one block), without those that would take longer than `seconds`; the control comes last.
std::vector<std::string> sheetMethods(const Run& run, double seconds);

// One entry for each of `methods`; those that this input does not allow are left out. Throws Error(BadRequest) for
// unknown methods and models that neither classify pictures nor compare them with texts.
std::vector<SheetEntry> sheetOf(const Run& run, const std::vector<std::string>& methods,
                                const verbs::ScoreChoice& score, const std::string& fill,
                                const JobControl& control = {});

} // namespace headlens
