// SPDX-License-Identifier: GPL-3.0-or-later
// What the canvas shows, in words.
#pragma once

#include <QString>

namespace headlens {

struct CanvasScene;
class InspectionModel;

QString captionOf(const CanvasScene& scene);        // what the map is, how it is drawn, over what
QString mapCaptionOf(const InspectionModel& model); // that of a method; "Computing…" until its score has a name
// Screen readers hear what the eye sees: where the query is, where most of its attention goes, and what the token that
// is pointed at gets.
QString announcementOf(const CanvasScene& scene);
bool showsBar(const CanvasScene& scene); // whether its colours stand for numbers

} // namespace headlens
