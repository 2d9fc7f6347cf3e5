// SPDX-License-Identifier: GPL-3.0-or-later
// Questions about text: what comes next, how a weight comes about, what a score rests on.
#pragma once

#include "core/wire/wire_type.h"

#include "core/wire/verbs_input.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens::verbs {

// generate -> Written: lets the model continue its input (GPT-2), answer it (T5, BART, BLIP) or describe the picture,
// from where `SetInput.written` stands. A Progress message after every token carries the text so far as its stage.
inline constexpr const char* kGenerate = "generate";
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
struct WrittenStep {
    TextScore token;                     // what was chosen
    std::vector<TextScore> alternatives; // most probable first, before temperature and cuts
    std::vector<TextScore> beams;        // lines of the beam search after this step: text, summed log-probability
};
HEADLENS_WIRE_TYPE(WrittenStep)
struct Written {
    std::string text;     // all that is written, with what stood in SetInput.written
    std::vector<int> ids; // the same as tokens: SetInput.writtenIds
    std::vector<WrittenStep> steps;
    bool ended = false; // the model ended its text, instead of running out of steps
};
HEADLENS_WIRE_TYPE(Written)

// lens {stream, token, shown} -> Lens: what every layer would predict if it were the last (logit lens).
inline constexpr const char* kLens = "lens";
struct LensQuestion {
    int stream = 0, token = -1; // -1: the last
    int shown = 5;
};
HEADLENS_WIRE_TYPE(LensQuestion)
struct Lens {
    std::vector<TokenGuesses> layers; // `token` is the number of the layer, 0 after the embedding
};
HEADLENS_WIRE_TYPE(Lens)

// pair {layer, head, query, key} -> Pair and tensors "query", "key" F32 [d]: how one weight comes about.
inline constexpr const char* kPair = "pair";
struct PairQuestion {
    int layer = 0, head = 0, query = 0, key = 0;
};
HEADLENS_WIRE_TYPE(PairQuestion)
struct Pair {
    double dot = 0, scale = 1, bias = 0, mask = 0; // mask: 0, or a large negative number where looking is forbidden
    double score = 0;                              // dot * scale + bias + mask
    double highest = 0, sum = 0;                   // of the row: largest score, and sum of exp(score - highest)
    double weight = 0;                             // exp(score - highest) / sum
    bool masked = false;
};
HEADLENS_WIRE_TYPE(Pair)

// positions {stream} -> Positions and, where there are, tensors "table" F32 [n,D], "similarity" F32 [n,n] (cosine) and
// "bias" F32 [H,2n-1] by distance key - query from -(n-1).
inline constexpr const char* kPositions = "positions";
struct PositionsQuestion {
    int stream = 0, layer = 0;
};
HEADLENS_WIRE_TYPE(PositionsQuestion)
struct Positions {
    std::string kind; // learnt, sinusoidal, relative, rotary; empty: none
    int rows = 0, width = 0;
};
HEADLENS_WIRE_TYPE(Positions)

// similarity {texts} -> {}. Answer tensor "cosine" F32 [n,n] of the texts as the model represents them: the mean of its
// tokens (BERT), or the projected features (CLIP).
inline constexpr const char* kSimilarity = "similarity";
struct SimilarityQuestion {
    std::vector<std::string> texts;
};
HEADLENS_WIRE_TYPE(SimilarityQuestion)

// picture_heat -> {}. Answer tensor "heat" F32 [gh,gw]: the cosine of every projected patch with a text (CLIP, SigLIP).
inline constexpr const char* kPictureHeat = "picture_heat";
struct PictureHeat {
    int candidate = 0; // which of the scored texts
};
HEADLENS_WIRE_TYPE(PictureHeat)

// relevance -> Relevance. Answer tensors "relevance.<stream>" F32 [tokens]: how much every token contributes to one
// score of the model, by attention that is weighted with its gradient (spec/methods.md 4.8). Runs the model again. The
// words of a candidate but the first are not those of InputInfo.streams: their stream is empty then.
inline constexpr const char* kRelevance = "relevance";
struct RelevanceQuestion {
    int target = -1;   // a class, or an id of the vocabulary; -1: the most probable one
    int token = -1;    // at which token of the predicting stream; -1: the last one, the first gap, or the class token
    int candidate = 0; // which of the scored texts (CLIP, SigLIP)
};
HEADLENS_WIRE_TYPE(RelevanceQuestion)
struct Relevance {
    int stream = 0, token = 0, target = -1; // what was explained
    std::string label;                      // the class, the piece or the text
    double score = 0;                       // logit or similarity
};
HEADLENS_WIRE_TYPE(Relevance)

} // namespace headlens::verbs
