// SPDX-License-Identifier: GPL-3.0-or-later
// Questions about text: what comes next, how a weight comes about.
#pragma once

#include "core/base/float_array.h"
#include "core/base/image8.h"
#include "core/wire/question.h"
#include "core/wire/verbs_input.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens::verbs {

// generate -> Written: lets the model continue its input (GPT-2), answer it (T5, BART, BLIP) or describe the picture,
// from where `SetInput.written` stands. A Progress message after every token carries the text so far.
struct Generate {
    int atMost = 40;        // tokens
    int beams = 1;          // above 1: beam search, which knows neither temperature nor chance
    double temperature = 0; // 0: always the most probable token
    int topK = 0;           // 0: all
    double topP = 1;        // the smallest set of tokens that holds this share
    std::uint64_t seed = 0;
    int shown = 8; // alternatives listed per step
};
HEADLENS_WIRE_TYPE(Generate)
struct GenerationStep {
    TextScore token;                     // what was chosen
    std::vector<TextScore> alternatives; // most probable first, before temperature and cuts
    std::vector<TextScore> beams;        // lines of the beam search after this step: text, summed log-probability
};
HEADLENS_WIRE_TYPE(GenerationStep)
struct Written {
    std::string text;     // all that is written, with what stood in SetInput.written
    std::vector<int> ids; // the same as tokens: SetInput.decoderInputIds
    std::vector<GenerationStep> steps;
    bool ended = false; // the model ended its text, instead of running out of steps
};
HEADLENS_WIRE_TYPE(Written)
inline constexpr Question<Generate, Written> kGenerate{"generate"};

// lens {stream, token, shown} -> Lens: what every layer would predict if it were the last (logit lens).
struct LensQuestion {
    int stream = 0, token = -1; // -1: the last
    int shown = 5;
};
HEADLENS_WIRE_TYPE(LensQuestion)
struct Lens {
    std::vector<TopTokens> layers; // `token` is the number of the layer, 0 after the embedding
};
HEADLENS_WIRE_TYPE(Lens)
inline constexpr Question<LensQuestion, Lens> kLens{"lens"};

// pair {layer, head, query, key} -> Pair: how one weight comes about.
struct PairQuestion {
    int layer = 0, head = 0, query = 0, key = 0;
};
HEADLENS_WIRE_TYPE(PairQuestion)
struct Pair {
    PairQuestion of;
    double dot = 0, scale = 1, bias = 0, mask = 0; // mask: 0, or a large negative number where looking is forbidden
    double cap = 0;                                // as RowFormula::cap
    double score = 0;                              // capped dot * scale + bias + mask
    double highest = 0, sum = 0;                   // of the row: largest score, and sum of exp(score - highest)
    double weight = 0;                             // exp(score - highest) / sum
    bool masked = false;
    std::vector<float> query, key; // [d]
    HEADLENS_WIRE_TENSORS(TensorField{"query", &Pair::query}, TensorField{"key", &Pair::key})
};
HEADLENS_WIRE_TYPE(Pair)
inline constexpr Question<PairQuestion, Pair> kPair{"pair"};

// positions {stream} -> Positions: what the model knows of the order of its tokens.
struct PositionsQuestion {
    int stream = 0, layer = 0;
};
HEADLENS_WIRE_TYPE(PositionsQuestion)
struct Positions {
    std::string kind; // learnt, sinusoidal, relative, rotary; empty: none
    int rows = 0, width = 0;
    FloatArray table, similarity; // [n,D], [n,n] (cosine); empty where there is none
    FloatArray bias;              // [H,2n-1] by distance key - query from -(n-1)
    HEADLENS_WIRE_TENSORS(TensorField{"table", &Positions::table}, TensorField{"similarity", &Positions::similarity},
                          TensorField{"bias", &Positions::bias})
};
HEADLENS_WIRE_TYPE(Positions)
inline constexpr Question<PositionsQuestion, Positions> kPositions{"positions"};

// similarity {texts} -> Cosines of the texts as the model represents them: the mean of its
// tokens (BERT), or the projected features (CLIP).
struct SimilarityQuestion {
    std::vector<std::string> texts;
};
HEADLENS_WIRE_TYPE(SimilarityQuestion)
struct Cosines {
    FloatArray table; // [n,n]
    HEADLENS_WIRE_TENSORS(TensorField{"cosine", &Cosines::table})
};
HEADLENS_WIRE_TYPE(Cosines)
inline constexpr Question<SimilarityQuestion, Cosines> kSimilarity{"similarity"};

} // namespace headlens::verbs
