// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of the engine: a table from name to function. A new verb is its fields in wire/verbs.h and one row here.
#pragma once

#include "core/base/job_control.h"
#include "core/engine/request_queue.h"
#include "core/session/session.h"

namespace headlens {

// Answers one request (body and tensors only; id, verb, tag and status are the server's). Throws Error.
Message handle(Session& session, const Message& request, const JobControl& control);

// Quick: a few milliseconds of what the shown run kept, and no pass of the model.
Pace paceOf(const Message& request);

} // namespace headlens
