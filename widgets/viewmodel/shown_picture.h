// SPDX-License-Identifier: GPL-3.0-or-later
// The file of a picture that is run: what runs it again, and what sessions and undo keep of it. Plain.
#pragma once

#include <QByteArray>
#include <QString>

namespace headlens {

struct ShownPicture {
    QByteArray file;       // empty: none
    QString name;          // its path, or what it was called
    bool takesCut = false; // it ends too early, and is shown as far as it goes
};

} // namespace headlens
