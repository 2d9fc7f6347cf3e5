// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/colour_gradient.h"

#include "core/base/colormap.h"

namespace headlens {

QCPColorGradient colourGradient(const QString& colours, bool reversed)
{
    QCPColorGradient gradient;
    gradient.setLevelCount(256);
    gradient.setNanHandling(QCPColorGradient::nhTransparent);
    gradient.clearColorStops();
    const ColorTable& colors = colorTable(colours.toStdString());
    for (int i = 0; i < 256; i += 5) {
        const Rgb& c = colors[std::size_t(reversed ? 255 - i : i)];
        gradient.setColorStopAt(i / 255.0, QColor(c.r, c.g, c.b));
    }
    return gradient;
}

} // namespace headlens
