// SPDX-License-Identifier: GPL-3.0-or-later
// What QSvgGenerator writes, made fit for other programs.
#pragma once

#include <QByteArray>

namespace headlens {

// Patches become rectangles with hard borders: viewers smooth an image of one pixel a patch. Fonts get the name of a
// family that there is, and a generic one to fall back on.
QByteArray finishedSvg(const QByteArray& svg);

} // namespace headlens
