// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/colour_names.h"

#include <QCoreApplication>

namespace headlens {

QString colourName(const QString& colormap)
{
    if (colormap.isEmpty()) return QCoreApplication::translate("Colours", "automatic");
    if (colormap == QLatin1String("turbo")) return QCoreApplication::translate("Colours", "turbo (not uniform)");
    return colormap;
}

} // namespace headlens
