// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/picture_files.h"

#include <QDirIterator>
#include <QFileInfo>

namespace headlens {

const QStringList& pictureEndings()
{
    static const QStringList kEndings = QStringLiteral("png jpg jpeg bmp webp tif tiff gif ppm pgm pnm").split(u' ');
    return kEndings;
}

FolderPictures picturesUnder(const QString& folder)
{
    constexpr int kMostFiles = 20'000;
    FolderPictures found;
    QDirIterator all(folder, QDir::Files, QDirIterator::Subdirectories);
    int looked = 0;
    while (all.hasNext() && ++looked <= kMostFiles)
        if (pictureEndings().contains(QFileInfo(all.next()).suffix().toLower())) found.paths << all.filePath();
    found.leftOut = all.hasNext();
    found.paths.sort();
    return found;
}

} // namespace headlens
