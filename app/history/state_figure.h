// SPDX-License-Identifier: GPL-3.0-or-later
// The map that a state of the window shows, as the description of a figure: what a session without a composed figure is
// drawn as.
#pragma once

#include "widgets/figure/figure_spec.h"
#include "widgets/viewmodel/work_state.h"

namespace headlens {

FigureSpec figureOf(const WorkState& state);

} // namespace headlens
