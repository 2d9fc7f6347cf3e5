// SPDX-License-Identifier: GPL-3.0-or-later
// What the chosen token cannot see: layers that have no row for it, with the reason in words, and keys that are out of
// reach for every head of a layer.
#pragma once

#include <QString>

#include <cstdint>
#include <vector>

namespace headlens {

class InspectionModel;

enum class Reach : std::uint8_t {
    Reached,
    AsksElsewhere,    // its queries are tokens of another stream
    AnswersElsewhere, // in reverse: so are its keys
    TakesNoPart,      // the layer passes the token by
    IsHidden,         // a hidden patch of a masked autoencoder
    EmptyMemory,      // nothing was remembered before it
    NobodyLooks,      // in reverse
    ReadsNothing
};

Reach reachOf(const InspectionModel& model, int layer);
// "Layer 3 asks about the text: choose a word"; empty where it is reached.
QString whyNotReached(const InspectionModel& model, int layer);

// What a row of the layer can count at all, without its special tokens beside patches: patches within the window, words
// that are not masked. Empty: everything.
std::vector<bool> keysInReach(const InspectionModel& model, int layer);

} // namespace headlens
