// SPDX-License-Identifier: GPL-3.0-or-later
// Maps: one number for every token, by the methods of core/attribution. What a method is called, says and needs comes
// from its row there; window, command line and lessons know none by name.
#pragma once

#include "core/base/float_array.h"
#include "core/wire/question.h"

#include <map>
#include <string>
#include <vector>

namespace headlens::verbs {

// A part of a model or of a method that a person can choose: positions, a memory, a gate; SetInput.switches,
// MapQuestion.settings.
struct Switch {
    std::string name;                 // "positions", "gate.1.2"
    std::string title;                // in English; views translate the ones they know
    std::vector<std::string> choices; // "on", "off"; empty: a number from `low` to `high`
    double low = 0, high = 0;
    std::string usual;   // as trained, or the method's default
    bool isList = false; // several such numbers, with commas between them
    bool isText = false; // neither: any text, which whoever reads it checks
};
HEADLENS_WIRE_TYPE(Switch)

// What a method is. Texts are English; the window translates them (core/attribution/method.h).
struct MethodInfo {
    std::string id = {};      // "rollout": of MapQuestion.method, --what, --method, --show and lessons
    std::string title = {};   // "attention roll-out"
    std::string says = {};    // one sentence: what it is and whose
    std::string caption = {}; // under the map; %1 stands for what is explained
    std::string unit = {};    // share, nats, pixels, cosine, score
    std::string over = {};    // head: of one head or a fusion; layer: of all heads up to a layer; run: of the whole run
    bool isSigned = false;    // some numbers are below 0
    bool ofToken = false;     // asks about one token (MapQuestion.token)
    bool ofScore = false;     // explains a score (MapQuestion.score)
    bool needsGradients = false;       // costs a pass with gradients
    std::vector<Switch> settings = {}; // MapQuestion.settings
    std::string refusal = {};          // why the open model does not allow it; empty: it does
};
HEADLENS_WIRE_TYPE(MethodInfo)

// Which score of the model is explained.
struct ScoreChoice {
    int target = -1;   // a class, an id of the vocabulary, or a text (CLIP); -1: the most probable one
    int token = -1;    // at which token of the predicting stream; -1: the last one, the first gap, or the class token
    int candidate = 0; // which of the scored texts (CLIP, SigLIP)
    int against = -1;  // explains how far `target` lies before this class or id instead; -1: the score itself
};
HEADLENS_WIRE_TYPE(ScoreChoice)

// map -> TokenMap: one number for every token, by one method. With `difference` minus the baseline (hold).
struct MapQuestion {
    std::string method = "received";
    int layer = 0, head = 0;
    std::string fusion = "single";
    int token = -1; // in the map of the first block; -1: the mean of all
    ScoreChoice score = {};
    std::map<std::string, std::string> settings = {}; // of the method, that are not as usual
    bool difference = false;
};
HEADLENS_WIRE_TYPE(MapQuestion)
struct TokenMap {
    MapQuestion of;
    FloatArray map;                  // [gh,gw] of the patches; of a text [1,N]; empty: there is nothing to lie on
    std::vector<FloatArray> streams; // [tokens] of every stream, where the method says something of special tokens and
                                     // words; empty where the score reads nothing of it
    // What was explained, where that is a score: the predicting stream and token, the class, the piece or the text.
    int stream = 0, token = 0, target = -1;
    std::string label;
    double score = 0;   // logit or similarity
    std::string remark; // what is to be said of this map in particular, in English; mostly empty
    HEADLENS_WIRE_TENSORS(TensorField{"map", &TokenMap::map}, TensorField{"streams", &TokenMap::streams})
};
HEADLENS_WIRE_TYPE(TokenMap)
inline constexpr Question<MapQuestion, TokenMap> kMap{"map"};

} // namespace headlens::verbs
