// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs_export.h"

#include "core/wire/wire_fields.h"

namespace headlens::verbs {

HEADLENS_WIRE_FIELDS(Export, what, format, recipe, layer, head, token, fusion, reverse, colormap, opacity, logarithmic,
                     smooth, scale, keepMass, score, settings)
HEADLENS_WIRE_EMPTY(ExportedFile)
HEADLENS_WIRE_FIELDS(ExportedFilm, frames)
HEADLENS_WIRE_FIELDS(ExportFilm, source, target, look, with, first, last)

} // namespace headlens::verbs
