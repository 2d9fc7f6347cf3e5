// SPDX-License-Identifier: GPL-3.0-or-later
// What a view says before it has anything to show.
#pragma once

#include <QString>

namespace headlens {

class InspectionModel;

// "Computing…" while a model or its input is on its way, else "Nothing inspected yet".
QString notYet(const InspectionModel& model);

} // namespace headlens
