// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs_heads.h"

#include "core/wire/wire_fields.h"

namespace headlens::verbs {

HEADLENS_WIRE_FIELDS(HeadQuestion, layer)
HEADLENS_WIRE_FIELDS(HeadNumbers, layer)

} // namespace headlens::verbs
