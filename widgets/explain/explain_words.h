// SPDX-License-Identifier: GPL-3.0-or-later
// What the sheet of methods and its numbers are called. Window's thread.
#pragma once

#include "widgets/viewmodel/sheet_tile.h"

#include <QString>

namespace headlens {

class InspectionModel;

QString methodTitle(const InspectionModel& model, const QString& method);
// "Egyptian cat" of the answers that are known, else "class 17"; of -1 the most probable one.
QString classTitle(const InspectionModel& model, int target);
// "Egyptian cat", or "Egyptian cat − tabby".
QString scoreTitle(const InspectionModel& model, const verbs::ScoreChoice& score);
QString areaText(double area);       // "0.310"
QString secondsText(double seconds); // "40 ms", "0.4 s", "12 s", "3 min"
// "3 passes, about 1.6 s, 240 MB"
QString costText(const verbs::MapCost& cost);
// What a tile is, for tool tips and screen readers.
QString tileText(const InspectionModel& model, const SheetTile& tile);

} // namespace headlens
