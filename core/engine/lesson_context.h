// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that expressions of lessons may ask of a run, maps by methods and interventions among it.
#pragma once

#include "core/base/job_control.h"
#include "core/lesson/expression.h"
#include "core/session/run.h"
#include "core/wire/verbs.h"

namespace headlens {

// Refers to `run` and to `control`.
EvaluationContext lessonContext(const Run& run, const JobControl& control);

// Verb evaluate.
verbs::Evaluation evaluateForLesson(const Run& run, const verbs::Evaluate& asked, const JobControl& control);

} // namespace headlens
