// SPDX-License-Identifier: GPL-3.0-or-later
// What the palettes are called in menus.
#pragma once

#include <QString>

namespace headlens {

// Of an empty name "automatic"; the name of a palette that is not uniform says so.
QString colourName(const QString& colormap);

} // namespace headlens
