// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs_lens.h"

#include "core/wire/wire_fields.h"

namespace headlens::verbs {

HEADLENS_WIRE_FIELDS(LensTableQuestion, stream, begin, end)
HEADLENS_WIRE_FIELDS(LensTable, of, best, next)

} // namespace headlens::verbs
