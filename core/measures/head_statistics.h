// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that is counted of heads (core/base/head_patterns.h), of a run.
#pragma once

#include "core/base/job_control.h"
#include "core/session/run.h"
#include "core/session/session.h"
#include "core/wire/verbs_statistics.h"

namespace headlens {

// Verb head_profile. Throws Error(BadRequest) for a layer that does not exist, and Error(Cancelled) between rows.
verbs::HeadProfile headProfile(const Run& run, const verbs::HeadProfileQuestion& asked, const JobControl& control = {});

// Of all layers: [heads, kHeadColumns]. Throws Error(Cancelled).
FloatArray headNumbers(const Run& run, const JobControl& control = {});

// Verb profile_pictures. Pictures that cannot be read or run are among its failures. Throws Error(NothingOpen |
// NotEnoughMemory | Cancelled), and BadRequest for more than 16 pictures.
verbs::ProfiledPictures profilePictures(Session& session, const verbs::ProfilePictures& asked,
                                        const JobControl& control = {});

} // namespace headlens
