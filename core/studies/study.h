// SPDX-License-Identifier: GPL-3.0-or-later
// Measures and interventions as matrices: what the verbs of core/wire/verbs_study.h ask. Knows none by name.
#pragma once

#include "core/base/job_control.h"
#include "core/session/session.h"
#include "core/wire/verbs_study.h"

namespace headlens {

// Every measure and intervention that says what it draws, with why the model refuses it.
verbs::StudyList studiesOf(const OpenedModel& model);

// Of the shown run; of methods that compare, beside the held one. Throws Error(BadRequest) for unknown names and
// settings, where the model refuses, without the other run where one is needed, and for matrices that are too large to
// look at; and whatever the method throws.
verbs::Study study(const Session& session, const verbs::StudyQuestion& asked, const JobControl& control = {});

verbs::MapCost studyCost(const Run& run, const verbs::StudyQuestion& asked);

} // namespace headlens
