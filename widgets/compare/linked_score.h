// SPDX-License-Identifier: GPL-3.0-or-later
// Which score is explained, from one model to another.
#pragma once

#include "core/wire/verbs_maps.h"

namespace headlens {

class InspectionModel;

// The choice of `there` as `here` can follow it: classes of the same names, else the same weights and text. Where it
// would be something else: the most probable one.
verbs::ScoreChoice scoreFor(const InspectionModel& here, const InspectionModel& there);

} // namespace headlens
