// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that decides what the window shows or computes, as one value: what undo goes back to, what a session
// keeps, what a command line says. Plain; no widget and no engine.
#pragma once

#include "core/base/token_place.h"
#include "core/wire/json_fwd.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/head_choice.h"
#include "widgets/viewmodel/run_request.h"
#include "widgets/viewmodel/selection.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <map>
#include <string>

namespace headlens {

struct ModelState {
    QString path;                                // or the name of an embedded model; empty: none is open
    QString sha256;                              // of its weights
    std::map<std::string, std::string> settings; // what its files cannot say
    bool operator==(const ModelState&) const = default;
};

struct InputState {
    QString picture;       // its path, or the name it was given; empty: the model looks at none
    QString sha256;        // of its file
    QByteArray bytes;      // of a picture that lies in no file
    bool takesCut = false; // its file ends too early, and is shown as far as it goes
    QString film;          // instead of the picture; empty: none
    qint64 frame = 0;
    RunRequest request; // text, fit, mask, switches, silenced heads
    bool operator==(const InputState&) const = default;
};

struct MapState {
    QString id = kRowMap;                        // or a method's
    std::map<std::string, std::string> settings; // of the method, those not as usual
    int target = -1, token = -1, candidate = 0;  // the score it explains (verbs::ScoreChoice)
    int against = -1;
    bool operator==(const MapState&) const = default;
};

struct LookState {
    MapState map;
    int layer = 0;
    QList<HeadPlace> heads{{0, 0}}; // the chosen one first, then those laid over it
    HeadFusion fusion = HeadFusion::Single;
    TokenPlace query;
    bool pinned = false, reverse = false;
    bool operator==(const LookState&) const = default;
};

struct WorkState {
    ModelState model;
    InputState input;
    LookState look;
    Display display;
    QString workspace; // empty: not known
    bool operator==(const WorkState&) const = default;
};

Json toJson(const WorkState& state);
// Throws Error(BadConfig) with `subject` for a field of the wrong kind or out of range. What is absent keeps its
// default.
WorkState workStateFrom(const Json& json, const std::string& subject);

} // namespace headlens
