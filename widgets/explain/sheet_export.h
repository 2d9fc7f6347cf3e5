// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet as a figure of widgets/figure, and its numbers as a table.
#pragma once

#include "widgets/figure/figure_data.h"

#include <QByteArray>

namespace headlens {

class InspectionModel;

struct SheetFigure {
    FigureSpec spec;
    FigureData data;
};
// What has been computed so far, in the order of the sheet: a panel a method, of two classes two rows.
SheetFigure sheetFigure(const InspectionModel& model, const Display& display);
// method, class, deletion, insertion, difference, largest, seconds; a line a map. What was not measured is empty.
QByteArray sheetTable(const InspectionModel& model);

} // namespace headlens
