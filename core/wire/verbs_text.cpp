// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs_text.h"

#include "core/wire/wire_fields.h"

namespace headlens::verbs {

HEADLENS_WIRE_FIELDS(Generate, atMost, beams, temperature, topK, topP, seed, shown)
HEADLENS_WIRE_FIELDS(GenerationStep, token, alternatives, beams)
HEADLENS_WIRE_FIELDS(Written, text, ids, steps, ended)
HEADLENS_WIRE_FIELDS(LensQuestion, stream, token, shown)
HEADLENS_WIRE_FIELDS(Lens, layers)
HEADLENS_WIRE_FIELDS(PairQuestion, layer, head, query, key)
HEADLENS_WIRE_FIELDS(Pair, of, dot, scale, bias, mask, cap, score, highest, sum, weight, masked)
HEADLENS_WIRE_FIELDS(PositionsQuestion, stream, layer)
HEADLENS_WIRE_FIELDS(Positions, kind, rows, width)
HEADLENS_WIRE_FIELDS(SimilarityQuestion, texts)
HEADLENS_WIRE_EMPTY(Cosines)

} // namespace headlens::verbs
