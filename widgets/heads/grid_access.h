// SPDX-License-Identifier: GPL-3.0-or-later
// The head grid for screen readers: a list whose entries are the heads, each with its name and what it looks at.
#pragma once

#include "widgets/viewmodel/head_choice.h"

namespace headlens {

class HeadGrid;

void readHeadsAloud(); // from now on, of every grid
// To whoever listens: another head is chosen.
void tellHead(HeadGrid* grid, const HeadPlace& place);

} // namespace headlens
