// SPDX-License-Identifier: GPL-3.0-or-later
// Which files are pictures, by their names, and those of a folder.
#pragma once

#include <QStringList>

namespace headlens {

const QStringList& pictureEndings(); // without a point, in small letters

struct FolderPictures {
    QStringList paths;    // sorted, also of the folders within (one a class)
    bool leftOut = false; // there are more files than were looked at: a whole disk must not stop the window
};
FolderPictures picturesUnder(const QString& folder);

} // namespace headlens
