// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of one method on the sheet (MethodSheet): its cost, its map, how faithful that is. Plain.
#pragma once

#include "core/wire/verbs.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace headlens {

struct SheetTile {
    enum class State : std::uint8_t { Waiting, Computing, Dear, Shown, Judging, Judged, Failed };
    QString method = {};
    int side = 0;               // 0: what is explained; 1: the second class
    verbs::MapQuestion of = {}; // as it was asked, or will be
    quint64 serial = 0;         // of these questions: an answer to older ones is dropped
    State state = State::Waiting;
    bool byHand = false; // computed, whatever it costs
    std::optional<verbs::MapCost> cost = {};
    FloatArray display = {};                        // [gh,gw] of 0 to 1; empty: not yet, or nothing of patches
    double largest = 0;                             // of the map before it was scaled
    QString label = {}, remark = {};                // what is explained; what is to be said of this map, in English
    std::optional<verbs::MapJudgement> judged = {}; // without its picture
    QString why = {};                               // it failed: one sentence

    bool hasMap() const { return !display.empty(); }
    // Higher: more of what the map shows matters to the model. Only of judged ones.
    double difference() const { return judged ? judged->insertionArea - judged->deletionArea : 0; }
};

// A map, while what the model has learnt is replaced from the head down (verbs::kCheckMap).
struct SheetCheck {
    QString method;
    verbs::MapQuestion of;            // that was started
    int blocks = 0;                   // of the model
    std::vector<double> correlations; // after the head and 0, 1, 2 ... blocks
    bool isRunning = false;
    QString why; // it failed
    int left() const { return blocks + 1 - int(correlations.size()); }
};

// The mean of several random maps: what an explanation has to beat.
struct SheetControl {
    std::vector<double> deletion, insertion; // [N+1]
    double deletionArea = 0, insertionArea = 0;
    int seeds = 0; // that were averaged; 0: none yet
};

} // namespace headlens
