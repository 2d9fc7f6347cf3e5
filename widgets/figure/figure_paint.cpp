// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_paint.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kPointsPerInch = 72, kInchesPerMeter = 39.3701;

FigureInk inkOf(const FigureSheet& sheet)
{
    switch (sheet.background) {
    case FigureBackground::White: return {QColor(0, 0, 0), QColor(255, 255, 255)};
    case FigureBackground::Transparent: return {QColor(0, 0, 0), QColor(255, 255, 255, 0)};
    case FigureBackground::Dark: break;
    }
    return {QColor(236, 238, 242), QColor(24, 27, 32)};
}

void paintTexts(QPainter& painter, const FigureLayout& layout, const FigureSpec& spec, const FigureInk& ink)
{
    const FigureType plain(spec.sheet), bold(spec.sheet, true);
    for (const FigureText& text : layout.texts) {
        painter.setPen(ink.text);
        const bool why = text.part == FigureText::Part::Why;
        if (why) painter.fillRect(text.rect, QColor(128, 128, 128, 60));
        painter.save();
        if (why) painter.setClipRect(text.rect);
        const FigureType& type = text.part == FigureText::Part::Letter ? bold : plain;
        type.draw(painter, text.rect, text.flags, text.text, text.turned);
        painter.restore();
    }
}

void paintBars(QPainter& painter, const FigureLayout& layout, const FigureSpec& spec, const FigureInk& ink)
{
    for (const FigureBar& bar : layout.bars) {
        paintBar(painter, bar.rect, bar.upright, spec.look, bar.scale);
        painter.setPen(QPen(ink.text, 0.4));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(bar.rect);
    }
}

} // namespace

void paintFigure(QPainter& painter, const FigureLayout& layout, const FigureSpec& spec, const FigureData& data)
{
    const FigureInk ink = inkOf(spec.sheet);
    const FigureType type(spec.sheet);
    painter.setRenderHint(QPainter::Antialiasing);
    if (ink.ground.alpha() > 0) painter.fillRect(QRectF(QPointF(), layout.size), ink.ground);
    for (const FigurePlace& place : layout.places) {
        const FigurePanel& panel = data.panels[std::size_t(place.index)];
        if (panel.isText())
            paintWords(painter, place.area, panel, type, spec.look, place.scale, ink);
        else
            paintPanel(painter, place.area, panel, place.picture, spec.look, place.scale);
    }
    paintBars(painter, layout, spec, ink);
    paintTexts(painter, layout, spec, ink);
}

QImage figureImage(const FigureSpec& spec, const FigureData& data, double dpi)
{
    constexpr double kMostPixels = 200e6; // 800 MB of memory
    FigureLayout layout = layOut(spec, data, dpi);
    const double area = layout.size.width() * layout.size.height() / (kPointsPerInch * kPointsPerInch);
    const double used = std::min(dpi, std::sqrt(kMostPixels / std::max(area, 1e-6)));
    const double scale = used / kPointsPerInch;
    const auto pixels = [scale](double points) { return std::max(1, int(std::ceil(points * scale - 1e-6))); };
    QImage image(pixels(layout.size.width()), pixels(layout.size.height()), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.scale(scale, scale);
    paintFigure(painter, layout, spec, data);
    painter.end(); // before the resolution is set: it would change sizes of what is painted
    image.setDotsPerMeterX(int(used * kInchesPerMeter + 0.5));
    image.setDotsPerMeterY(image.dotsPerMeterX());
    return image;
}

} // namespace headlens
