// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/wrapped_text.h"

#include <QPainter>
#include <QTextLayout>

#include <cmath>

namespace headlens {
namespace {

// Breaks the text into lines; their height in pixels.
double breakLines(QTextLayout& layout, int width)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    double height = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return height;
}

} // namespace

int heightOfText(const QString& text, const QFont& font, int width)
{
    if (text.isEmpty()) return 0;
    QTextLayout layout(text, font);
    return int(std::ceil(breakLines(layout, width)));
}

void paintText(QPainter& painter, const QRect& place, const QString& text, const QFont& font)
{
    if (text.isEmpty()) return;
    QTextLayout layout(text, font);
    breakLines(layout, place.width());
    layout.draw(&painter, place.topLeft());
}

} // namespace headlens
