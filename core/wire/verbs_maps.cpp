// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs_maps.h"

#include "core/wire/wire_fields.h"

namespace headlens::verbs {

HEADLENS_WIRE_FIELDS(Switch, name, title, choices, low, high, usual)
HEADLENS_WIRE_FIELDS(MethodInfo, id, title, says, caption, unit, over, isSigned, ofToken, ofScore, needsGradients,
                     settings, refusal)
HEADLENS_WIRE_FIELDS(ScoreChoice, target, token, candidate)
HEADLENS_WIRE_FIELDS(MapQuestion, method, layer, head, fusion, token, score, settings, difference)
HEADLENS_WIRE_FIELDS(TokenMap, of, stream, token, target, label, score)

} // namespace headlens::verbs
