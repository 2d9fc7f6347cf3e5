// SPDX-License-Identifier: GPL-3.0-or-later
// What is different between two states of the window, in a few words of the window's language.
#pragma once

#include "widgets/viewmodel/work_state.h"

#include <QString>

#include <functional>
#include <optional>

namespace headlens {

struct WorkChange {
    int kind = 0;  // changes of one kind in a row may become one step
    QString words; // "Layer 4 → 9", "Head 3 of layer 5 off", "Picture cat.jpg"
};

// What a map of that id is called.
using MapTitle = std::function<QString(const QString& id)>;

// The first thing that differs, in the order in which one follows from the other: another model brings its own input
// and place. Empty: nothing that counts does. A query that is not pinned follows the mouse, frames of a film play, and
// the workspace is only where one stands.
std::optional<WorkChange> changeBetween(const WorkState& before, const WorkState& after, const MapTitle& title);

} // namespace headlens
