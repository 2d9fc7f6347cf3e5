// SPDX-License-Identifier: GPL-3.0-or-later
// A film with the attention map painted over every frame.
#pragma once

#include "core/base/job_control.h"
#include "core/session/session.h"

namespace headlens {

// Writes request.target, beside it first and renamed when it is whole; answers the number of frames. Throws
// Error(Usage | FileMissing | ImageUnreadable | WriteFailed | Cancelled | BadRequest).
std::int64_t exportFilm(Session& session, const verbs::ExportFilm& request, const JobControl& control = {});

} // namespace headlens
