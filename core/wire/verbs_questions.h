// SPDX-License-Identifier: GPL-3.0-or-later
// Questions about the attention of the last run.
#pragma once

#include "core/wire/wire_type.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens::verbs {

// hold {release} -> {}: keeps the last run as the one that others are compared with, or lets go of it. It stays while
// other inputs and models are opened. Rows, tiles and overviews with `difference` answer this run minus the held one;
// both need the same tokens, layers and heads. A fusion is one of the differences of the heads.
inline constexpr const char* kHold = "hold";
struct Hold {
    bool release = false;
};
HEADLENS_WIRE_TYPE(Hold)

// rows -> Rows. Answer tensors "rows.<layer>" F32 [H,N]: what `token` attends to in every layer and head, or with
// `reverse` how much every token attends to it. `token` counts in the map of the first block; a layer with a smaller
// map answers for the cell that covers it. N are the tokens of the layer's own map, 0 outside a window. Layers that ask
// about (in reverse: answer from) another stream than `stream` send no numbers, [0,0].
inline constexpr const char* kRows = "rows";
struct Rows {
    int token = 0;
    bool reverse = false;
    int stream = 0; // in which `token` counts
    bool difference = false;
};
HEADLENS_WIRE_TYPE(Rows)

// state {name} -> State. Answer tensor "state" F32: what a mechanism holds beside queries and keys (InputInfo.states):
// the gates and memories of Infini-attention.
inline constexpr const char* kState = "state";
struct State {
    std::string name;
};
HEADLENS_WIRE_TYPE(State)

// row_formula {layer, head, query} -> RowFormula: every number on the way from one query to its row of weights. Tokens
// count in the layer's own streams; K are its keys, d the width of a head. Answer tensors:
// "query" F32 [d] and "keys" F32 [K,d]: as they are multiplied, with positions; of rule linear phi(q) and phi(k), where
// phi = elu + 1;
// "dot" F32 [K]: their products; of rule delta what is left of every key in the memory, divided by `sum` the weight;
// "bias", "mask" F32 [K]: what is added (0 where nothing is); "forbidden" U8 [K]: 1 where the key must not be read: the
// mask, another window, a hidden patch, a token that takes no part, a segment that is not in the memory yet;
// "score" F32 [K] = dot * scale + bias + mask; "weight" F32 [K] = exp(score - highest) / sum, or dot / sum;
// "values" F32 [K,d] where the run kept them: the row's sum is what the head gives on, before its output projection.
// `sum` is 0 where the query reads nothing: an empty memory, or a query that takes no part.
inline constexpr const char* kRowFormula = "row_formula";
struct RowQuestion {
    int layer = 0, head = 0, query = 0;
};
HEADLENS_WIRE_TYPE(RowQuestion)
struct RowFormula {
    int layer = 0, head = 0, query = 0;
    std::string rule = "softmax"; // as BlockGrid.rule
    double scale = 1;             // 1 / sqrt(d) of most models; 1 of linear and delta
    double highest = 0, sum = 0;  // largest score, and sum of exp(score - highest) over all keys; or of phi(q).phi(k)
};
HEADLENS_WIRE_TYPE(RowFormula)

// tile -> Tile (as asked). Ranges are clipped to what exists. Answer tensor "tile" F32 [rows,columns]: the mean of the
// attention over each cell of an even cut of the queries and keys asked for. `head` counts from 0; `fusion` as in
// attention_math.h.
inline constexpr const char* kTile = "tile";
struct Tile {
    int layer = 0, head = 0;
    std::string fusion = "single";
    int window = 0; // of a windowed block; its tokens count within the window
    int queryBegin = 0, queryEnd = 0, keyBegin = 0, keyEnd = 0;
    int rows = 0, columns = 0;
    bool difference = false;
};
HEADLENS_WIRE_TYPE(Tile)

// overview -> Overview. One number per token of a whole block, answer tensor "map" F32 [gh,gw] (special tokens left
// out). `kind`: received (sum of the column), entropy (of the row, in nats), distance (mean, in pixels), or effective:
// how much every token of the first map contributes to `token` (-1: the mean of all) behind `layer` of a Swin.
inline constexpr const char* kOverview = "overview";
struct Overview {
    int layer = 0, head = 0;
    std::string fusion = "single", kind = "received";
    int token = -1; // in the map of the first block
    bool difference = false;
};
HEADLENS_WIRE_TYPE(Overview)

// position_bias {layer} -> {}. Answer tensor "bias" F32 [H,2h-1,2w-1], query minus key; none for blocks without one.
inline constexpr const char* kPositionBias = "position_bias";
struct PositionBias {
    int layer = 0;
};
HEADLENS_WIRE_TYPE(PositionBias)

// pca -> PcaResult. Answer tensor "rgb" U8 [gh,gw,3]: three principal components of the patches behind `layer` (-1: the
// last). The basis of the last fit is kept while the width stays the same, unless `refit`.
inline constexpr const char* kPca = "pca";
struct Pca {
    int layer = -1;
    std::string recipe = "v2";        // v2 or v3 of DINO (spec/methods.md 4.11)
    bool refit = false, flip = false; // flip: the other side of the first component is the foreground
};
HEADLENS_WIRE_TYPE(Pca)
struct PcaResult {
    int layer = 0, fittedLayer = 0;
    std::vector<double> explained; // shares of the variance
    double foreground = 0;         // share of the patches
};
HEADLENS_WIRE_TYPE(PcaResult)

// evaluate {expressions} -> Evaluation: sums and comparisons over the last run (core/lesson/expression.h), for lessons.
inline constexpr const char* kEvaluate = "evaluate";
struct Evaluate {
    std::vector<std::string> expressions; // each may end in "| format"
};
HEADLENS_WIRE_TYPE(Evaluate)
struct EvaluatedOne {
    std::string text;  // as a person reads it
    double number = 0; // 1 and 0 for what holds and what does not; 0 for texts
    std::string error; // why there is no value; empty otherwise
};
HEADLENS_WIRE_TYPE(EvaluatedOne)
struct Evaluation {
    std::vector<EvaluatedOne> values; // as many as asked for
};
HEADLENS_WIRE_TYPE(Evaluation)

} // namespace headlens::verbs
