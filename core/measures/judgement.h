// SPDX-License-Identifier: GPL-3.0-or-later
// What a map is worth: how faithful it is to its answer, and whether it needs what the model has learnt.
#pragma once

#include "core/base/job_control.h"
#include "core/session/run.h"
#include "core/wire/verbs_maps.h"

namespace headlens {

// Verb judge_map: the map scaled to 0..1, and its deletion and insertion curves (faithfulness.h). Throws
// Error(BadRequest) for models that neither classify pictures nor compare them with texts, and as tokenMap().
verbs::MapJudgement judgeMap(const Run& run, const verbs::JudgeMap& asked, const JobControl& control = {});

// Verb check_map (Adebayo and others 2018, arXiv 1810.03292): the weights of the head and of the last blocks are put
// into a random order, which keeps their distribution, and the map of the same score is computed again. Throws as
// tokenMap() and Error(NotEnoughMemory).
verbs::MapCheck checkMap(const Run& run, const verbs::CheckMap& asked, const JobControl& control = {});

} // namespace headlens
