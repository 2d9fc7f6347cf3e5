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
    std::string formula = {}; // as the source has it, in one line of plain text
    std::string source = {};  // who published it and where, or that it is our own
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

// map_cost {of} -> MapCost: before a map is computed.
struct MapCost {
    double passes = 0;               // as many forward passes of this input would take as long
    double seconds = 0;              // by the time that this input took
    std::int64_t neededBytes = 0;    // beside what the run kept
    std::int64_t availableBytes = 0; // of memory that is free now
};
HEADLENS_WIRE_TYPE(MapCost)
inline constexpr Question<MapQuestion, MapCost> kMapCost{"map_cost"};

// judge_map {of, fill} -> MapJudgement: how faithful a map of a picture is to its class. Computes the map.
struct JudgeMap {
    MapQuestion of;
    std::string fill = "zero"; // zero, black or white: what covers patches
};
HEADLENS_WIRE_TYPE(JudgeMap)
struct MapJudgement {
    JudgeMap of;
    FloatArray display;             // [gh,gw] of the patches, 0 to 1
    FloatArray deletion, insertion; // [1,N+1]: probability of the class after 0 ... N patches, strongest first
    double deletionArea = 0, insertionArea = 0; // under the curves over 0..1
    double largest = 0;                         // of the map before it was scaled
    double seconds = 0;                         // that the map took
    std::string label, remark;                  // as of TokenMap
    HEADLENS_WIRE_TENSORS(TensorField{"display", &MapJudgement::display},
                          TensorField{"deletion", &MapJudgement::deletion},
                          TensorField{"insertion", &MapJudgement::insertion})
};
HEADLENS_WIRE_TYPE(MapJudgement)
inline constexpr Question<JudgeMap, MapJudgement> kJudgeMap{"judge_map"};

// check_map {of, blocks} -> MapCheck: a map should change when what the model has learnt is replaced by random weights,
// from the head down (Adebayo and others 2018).
struct CheckMap {
    MapQuestion of;
    int blocks = 0; // the classifier and so many of the last blocks are random
};
HEADLENS_WIRE_TYPE(CheckMap)
struct MapCheck {
    CheckMap of;
    double correlation = 0; // of the ranks of the patches with those of the trained model (Spearman)
};
HEADLENS_WIRE_TYPE(MapCheck)
inline constexpr Question<CheckMap, MapCheck> kCheckMap{"check_map"};

} // namespace headlens::verbs
