// SPDX-License-Identifier: GPL-3.0-or-later
// What can be changed where one stands: the chosen head and layer, the pinned token. Plain functions of the selection.
#pragma once

#include "core/wire/verbs.h"

#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace headlens {

class InspectionModel;
class Selection;

// One button: what it changes, and whether that is changed already.
struct OfferedChange {
    QString text, tip;      // tip: where it is refused, why
    bool isOffered = true;  // the model has such a thing
    bool isPossible = true; // here and now
    bool isOn = false;      // it is changed so
    bool isList = false;    // `change` says itself what stays: it is set in any case
    bool asksSets = false;  // which sets of inputs it takes is asked first
    std::optional<verbs::Change> change = {};
};

// In the order of the buttons, of which there are always as many.
std::vector<OfferedChange> offeredChanges(const InspectionModel& model, const Selection& selection, int otherToken);
// Changes it, or takes it back.
void toggle(InspectionModel* model, const OfferedChange& offered);

// A patch from the baseline at one token (-1: all of them) beside those that are patched there already, or without it
// where it is one of them.
OfferedChange patchAt(const InspectionModel& model, verbs::Change place, int token);

// Whether the stream's tokens are words that the text itself hides (TextRequest::hiddenTokens).
bool areWords(const InspectionModel& model, int stream);
std::vector<int> registersOf(const InspectionModel& model);

} // namespace headlens
