// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the map of a pane can be subtracted from that of the window.
#pragma once

#include "widgets/compare/linked_selection.h"

#include <QString>

namespace headlens {

// One sentence why not; empty: it can, or something has not come yet.
QString whyNoDifference(const LinkedSelection::End& window, const LinkedSelection::End& pane);

} // namespace headlens
