// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs_maps.h"

#include "core/wire/wire_fields.h"

namespace headlens::verbs {

HEADLENS_WIRE_FIELDS(Switch, name, title, choices, low, high, usual, isList, isText)
HEADLENS_WIRE_FIELDS(MethodInfo, id, title, says, caption, formula, source, unit, over, isSigned, ofToken, ofScore,
                     needsGradients, settings, refusal)
HEADLENS_WIRE_FIELDS(ScoreChoice, target, token, candidate, against)
HEADLENS_WIRE_FIELDS(MapQuestion, method, layer, head, fusion, token, score, settings, difference)
HEADLENS_WIRE_FIELDS(TokenMap, of, stream, token, target, label, score, remark)
HEADLENS_WIRE_FIELDS(MapCost, passes, seconds, neededBytes, availableBytes)
HEADLENS_WIRE_FIELDS(JudgeMap, of, fill)
HEADLENS_WIRE_FIELDS(MapJudgement, of, deletionArea, insertionArea, largest, seconds, label, remark)
HEADLENS_WIRE_FIELDS(CheckMap, of, blocks)
HEADLENS_WIRE_FIELDS(MapCheck, of, correlation)

} // namespace headlens::verbs
