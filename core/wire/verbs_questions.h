// SPDX-License-Identifier: GPL-3.0-or-later
// Questions about the attention of the last run.
#pragma once

#include "core/base/float_array.h"
#include "core/base/image8.h"
#include "core/wire/question.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens::verbs {

// hold {release} -> {}: makes the last run the baseline, or forgets the baseline. It stays while other inputs and
// models are opened. Rows, tiles and maps with `difference` answer this run minus the baseline; both need the same
// tokens, layers and heads. A fusion is one of the differences of the heads.
struct Hold {
    bool release = false;
};
HEADLENS_WIRE_TYPE(Hold)
inline constexpr Question<Hold, Nothing> kHold{"hold"};

// rows -> RowsOfLayers: what `token` attends to in every layer and head, or with `reverse` how much every token attends
// to it. `token` counts in the map of the first block; a layer with a smaller map answers for the cell that covers it.
// N are the tokens of the layer's own map, 0 outside a window. Layers that ask about (in reverse: answer from) another
// stream than `stream` have no numbers, [0,0].
struct Rows {
    int token = 0;
    bool reverse = false;
    int stream = 0; // in which `token` counts
    bool difference = false;
};
HEADLENS_WIRE_TYPE(Rows)
struct RowsOfLayers {
    Rows of;
    std::vector<FloatArray> layers; // [H,N] each
    HEADLENS_WIRE_TENSORS(TensorField{"rows", &RowsOfLayers::layers})
};
HEADLENS_WIRE_TYPE(RowsOfLayers)
inline constexpr Question<Rows, RowsOfLayers> kRows{"rows"};

// state {name} -> StateTensor: what a mechanism holds beside queries and keys (InputInfo.states): the gates and
// memories of Infini-attention.
struct State {
    std::string name;
};
HEADLENS_WIRE_TYPE(State)
struct StateTensor {
    std::string name;
    FloatArray numbers; // empty shape: the engine has none of that name
    HEADLENS_WIRE_TENSORS(TensorField{"state", &StateTensor::numbers})
};
HEADLENS_WIRE_TYPE(StateTensor)
inline constexpr Question<State, StateTensor> kState{"state"};

// hidden {layer} -> HiddenStates: what stands behind a block for every token of its queries.
struct HiddenQuestion {
    int layer = 0;
};
HEADLENS_WIRE_TYPE(HiddenQuestion)
struct HiddenStates {
    int layer = -1;
    FloatArray states; // [N,D]
    HEADLENS_WIRE_TENSORS(TensorField{"hidden", &HiddenStates::states})
};
HEADLENS_WIRE_TYPE(HiddenStates)
inline constexpr Question<HiddenQuestion, HiddenStates> kHidden{"hidden"};

// row_formula {layer, head, query} -> RowFormula: every number on the way from one query to its row of weights. Tokens
// count in the layer's own streams; K are its keys, d the width of a head.
struct RowQuestion {
    int layer = 0, head = 0, query = 0;
};
HEADLENS_WIRE_TYPE(RowQuestion)
struct RowFormula {
    int layer = 0, head = 0, query = 0;
    std::string rule = "softmax"; // as BlockGrid.rule
    double scale = 1;             // 1 / sqrt(d) of most models; 1 of linear and delta
    double cap = 0;               // above 0: the scaled product s becomes cap * tanh(s / cap) (Gemma 2)
    // Largest score, and sum of exp(score - highest) over all keys; or of phi(q).phi(k). The sum is 0 where the query
    // reads nothing: an empty memory, or a query that takes no part.
    double highest = 0, sum = 0;
    std::vector<float> queryVector; // [d], as it is multiplied, with positions; of rule linear phi(q), phi = elu + 1
    FloatArray keys, values; // [K,d]; keys as queryVector. Values where the run kept them: the row's sum is what the
                             // head gives on, before its output projection
    std::vector<float> dot;  // [K]: query times key; of rule delta what is left of every key in the memory, divided by
                             // `sum` the weight
    std::vector<float> bias, mask;    // [K]: what is added, 0 where nothing is
    std::vector<float> score, weight; // [K]: capped dot * scale + bias + mask; exp(score - highest) / sum, or dot / sum
    std::vector<std::uint8_t> forbidden; // [K]: 1 where the key must not be read: the mask, another window, a hidden
                                         // patch, a token that takes no part, a segment not in the memory yet
    std::size_t width() const { return queryVector.size(); }
    HEADLENS_WIRE_TENSORS(TensorField{"query", &RowFormula::queryVector}, TensorField{"keys", &RowFormula::keys},
                          TensorField{"values", &RowFormula::values}, TensorField{"dot", &RowFormula::dot},
                          TensorField{"bias", &RowFormula::bias}, TensorField{"mask", &RowFormula::mask},
                          TensorField{"score", &RowFormula::score}, TensorField{"weight", &RowFormula::weight},
                          TensorField{"forbidden", &RowFormula::forbidden})
};
HEADLENS_WIRE_TYPE(RowFormula)
inline constexpr Question<RowQuestion, RowFormula> kRowFormula{"row_formula"};

// tile -> TileMeans: the mean of the attention over each cell of an even cut of the queries and keys asked for, whose
// ranges are clipped to what exists. `head` counts from 0; `fusion` as in attention_math.h.
struct Tile {
    int layer = 0, head = 0;
    std::string fusion = "single";
    int window = 0; // of a windowed block; its tokens count within the window
    int queryBegin = 0, queryEnd = 0, keyBegin = 0, keyEnd = 0;
    int rows = 0, columns = 0;
    bool difference = false;
};
HEADLENS_WIRE_TYPE(Tile)
struct TileMeans {
    Tile of;
    FloatArray means; // [rows,columns]
    HEADLENS_WIRE_TENSORS(TensorField{"tile", &TileMeans::means})
};
HEADLENS_WIRE_TYPE(TileMeans)
inline constexpr Question<Tile, TileMeans> kTile{"tile"};

// position_bias {layer} -> BiasTables: the bias of every relative position.
struct PositionBias {
    int layer = 0;
};
HEADLENS_WIRE_TYPE(PositionBias)
struct BiasTables {
    int layer = -1;
    FloatArray tables; // [H,2h-1,2w-1], query minus key; empty for blocks without one
    HEADLENS_WIRE_TENSORS(TensorField{"bias", &BiasTables::tables})
};
HEADLENS_WIRE_TYPE(BiasTables)
inline constexpr Question<PositionBias, BiasTables> kPositionBias{"position_bias"};

// pca -> PcaResult: three principal components of the patches behind `layer` (-1: the last). The basis of the last fit
// is kept while the width stays the same, unless `refit`.
struct Pca {
    int layer = -1;
    std::string recipe = "v2";        // v2 or v3 of DINO
    bool refit = false, flip = false; // flip: the other side of the first component is the foreground
};
HEADLENS_WIRE_TYPE(Pca)
struct PcaResult {
    int layer = 0, fittedLayer = 0;
    std::vector<double> explained; // shares of the variance
    double foreground = 0;         // share of the patches
    Image8 picture;                // [gh,gw,3]
    HEADLENS_WIRE_TENSORS(TensorField{"rgb", &PcaResult::picture})
};
HEADLENS_WIRE_TYPE(PcaResult)
inline constexpr Question<Pca, PcaResult> kPca{"pca"};

// evaluate {expressions} -> Evaluation: sums and comparisons over the last run (core/lesson/expression.h), for lessons.
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
inline constexpr Question<Evaluate, Evaluation> kEvaluate{"evaluate"};

} // namespace headlens::verbs
