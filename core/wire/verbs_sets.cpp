// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs_sets.h"

#include "core/wire/wire_fields.h"

namespace headlens::verbs {

HEADLENS_WIRE_FIELDS(AverageSet, path, with, most)
HEADLENS_WIRE_FIELDS(AveragedSet, total, done, failed, failure)

} // namespace headlens::verbs
