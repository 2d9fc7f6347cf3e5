// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs_input.h"

#include "core/wire/wire_fields.h"

namespace headlens::verbs {

HEADLENS_WIRE_FIELDS(HeadAddress, layer, head)
HEADLENS_WIRE_FIELDS(Change, kind, block, head, factor, queries, keys, source, against)
HEADLENS_WIRE_FIELDS(SetInput, name, fit, maskRatio, maskSeed, text, pair, written, decoderInputIds, candidates,
                     chat, system, cutFrom, hiddenTokens, ablated, changes, takesCut, keepsAllTexts, switches)
HEADLENS_WIRE_FIELDS(BlockGrid, gridHeight, gridWidth, cell, windowHeight, windowWidth, shiftY, shiftX, padAfterRoll,
                     hidesPatches, tower, kind, queryStream, keyStream, queries, keys, heads, rule, segment, taking,
                     router)
HEADLENS_WIRE_FIELDS(NearWord, piece, cosine)
HEADLENS_WIRE_FIELDS(TextToken, id, piece, begin, end, segment, special, inPair, kind, near)
HEADLENS_WIRE_FIELDS(PictureAmongWords, begin, gridHeight, gridWidth)
HEADLENS_WIRE_FIELDS(Stream, name, text, pair, tokens, prefix, gridHeight, gridWidth, cell, pictures, asked)
HEADLENS_WIRE_FIELDS(StateInfo, name, shape)
HEADLENS_WIRE_FIELDS(InputInfo, name, sha256, frame, blocks, hiddenPatches, states, streams, tokens, gridHeight,
                     gridWidth, patchPixels, cut, outputs, seenWidth, seenHeight, originalWidth, originalHeight, region,
                     decodeMs, preprocessMs, forwardMs, traceBytes, hiddenBytes, notice, remarks)
HEADLENS_WIRE_AS(InputAnswer, info)
HEADLENS_WIRE_FIELDS(OpenVideo, source)
HEADLENS_WIRE_FIELDS(VideoInfo, source, width, height, frames, framesPerSecond)
HEADLENS_WIRE_FIELDS(SetFrame, frame, with)
HEADLENS_WIRE_FIELDS(Thumbnail, side)
HEADLENS_WIRE_EMPTY(SmallPicture)

} // namespace headlens::verbs
