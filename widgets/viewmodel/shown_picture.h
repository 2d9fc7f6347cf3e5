// SPDX-License-Identifier: GPL-3.0-or-later
// The file of the picture that was run last, as sessions and undo need it; everything else is in the ShownRun. Plain.
#pragma once

#include <QByteArray>
#include <QString>

namespace headlens {

class InspectionModel;

struct ShownPicture {
    QByteArray file;       // shared with the model; empty: none was run
    QString name;          // its path, or what it was called
    bool takesCut = false; // it ends too early, and is shown as far as it goes
};
ShownPicture shownPicture(const InspectionModel& model);

} // namespace headlens
