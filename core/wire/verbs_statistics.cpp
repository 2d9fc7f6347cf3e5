// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs_statistics.h"

#include "core/wire/wire_fields.h"

namespace headlens::verbs {

HEADLENS_WIRE_FIELDS(HeadProfileQuestion, layer)
HEADLENS_WIRE_FIELDS(HeadProfile, layer)
HEADLENS_WIRE_FIELDS(ProfilePictures, pictures, fit)
HEADLENS_WIRE_FIELDS(ProfiledPictures, pictures, failures)

} // namespace headlens::verbs
