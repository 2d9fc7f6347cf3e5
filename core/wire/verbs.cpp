// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs.h"

#include "core/wire/wire_fields.h"

namespace headlens::verbs {

HEADLENS_WIRE_EMPTY(Nothing)
HEADLENS_WIRE_FIELDS(Failure, code, subject, why, remedy)
HEADLENS_WIRE_FIELDS(Progress, done, total, stage, text, neededBytes, availableBytes)

} // namespace headlens::verbs
