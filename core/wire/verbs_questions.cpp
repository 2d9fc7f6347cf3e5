// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs_questions.h"

#include "core/wire/wire_fields.h"

namespace headlens::verbs {

HEADLENS_WIRE_FIELDS(Hold, release)
HEADLENS_WIRE_FIELDS(Rows, token, reverse, stream, difference)
HEADLENS_WIRE_AS(RowsOfLayers, of)
HEADLENS_WIRE_FIELDS(State, name)
HEADLENS_WIRE_FIELDS(StateTensor, name)
HEADLENS_WIRE_FIELDS(HiddenQuestion, layer)
HEADLENS_WIRE_FIELDS(HiddenStates, layer)
HEADLENS_WIRE_FIELDS(RowQuestion, layer, head, query)
HEADLENS_WIRE_FIELDS(RowFormula, layer, head, query, rule, scale, cap, highest, sum)
HEADLENS_WIRE_FIELDS(Tile, layer, head, fusion, window, queryBegin, queryEnd, keyBegin, keyEnd, rows, columns,
                     difference)
HEADLENS_WIRE_AS(TileMeans, of)
HEADLENS_WIRE_FIELDS(PositionBias, layer)
HEADLENS_WIRE_FIELDS(BiasTables, layer)
HEADLENS_WIRE_FIELDS(Pca, layer, recipe, refit, flip)
HEADLENS_WIRE_FIELDS(PcaResult, layer, fittedLayer, explained, foreground)
HEADLENS_WIRE_FIELDS(Evaluate, expressions)
HEADLENS_WIRE_FIELDS(EvaluatedOne, text, number, error)
HEADLENS_WIRE_FIELDS(Evaluation, values)

} // namespace headlens::verbs
