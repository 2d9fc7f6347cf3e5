// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_legend.h"

#include "core/base/colormap.h"
#include "widgets/canvas/canvas_caption.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/canvas/canvas_styles.h"
#include "widgets/viewmodel/heat_image.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

namespace headlens {
namespace {

QString number(float value)
{
    return QString::number(double(value), 'g', 3);
}

QColor barColour(const CanvasScene& scene, float unit)
{
    const CanvasMap& map = scene.map();
    const BarColours kind = styleOf(scene).bar;
    if (kind == BarColours::Dimming) {
        const int light = int(255 * (1 - scene.display->get().opacity * double(1 - unit)));
        return {light, light, light};
    }
    const ColorTable& colors = colorTable(map.colors.toStdString());
    const bool whole = kind == BarColours::Whole || map.scale.isDifference();
    const Rgb& c = whole ? colorAt(colors, unit) : overlayColor(colors, unit);
    return {c.r, c.g, c.b};
}

// Over a picture that reaches below the bar, so that its numbers can be read.
void paintGround(QPainter& painter, const CanvasScene& scene, const QRectF& rect)
{
    if (!scene.view.toWidget(QRectF({0, 0}, scene.contentSize())).intersects(rect)) return;
    QColor ground = scene.palette.color(QPalette::Base);
    ground.setAlpha(215);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(rect, 6, 6);
}

// The end of the scale is not the largest weight: both are said.
void paintBeyond(QPainter& painter, const CanvasScene& scene, const CanvasLegend& legend)
{
    const QRectF& bar = legend.bar;
    QPainterPath arrow(QPointF(bar.left(), bar.top() - 3));
    arrow.lineTo(bar.right(), bar.top() - 3);
    arrow.lineTo(bar.center().x(), bar.top() - 10);
    arrow.closeSubpath();
    painter.fillPath(arrow, barColour(scene, 1));
    painter.strokePath(arrow, QPen(scene.palette.color(QPalette::Mid), 0.75)); // it may be as bright as the ground
    painter.setPen(scene.palette.color(QPalette::Text));
    const QString text =
        QCoreApplication::translate("headlens::CanvasMarks", "max %1").arg(number(scene.map().highest()));
    const double high = scene.metrics.height();
    const double wide = scene.metrics.horizontalAdvance(text);
    painter.drawText(QRectF(bar.right() - wide, bar.top() - 12 - high, wide, high), Qt::AlignRight, text);
}

} // namespace

void paintCaption(QPainter& painter, const CanvasScene& scene, const CanvasLegend& legend)
{
    painter.setPen(scene.palette.color(QPalette::PlaceholderText));
    painter.drawText(legend.caption, Qt::AlignLeft | Qt::AlignVCenter,
                     scene.metrics.elidedText(captionOf(scene), Qt::ElideRight, int(legend.caption.width())));
}

void paintColorBar(QPainter& painter, const CanvasScene& scene, const CanvasLegend& legend)
{
    if (legend.bar.isEmpty() || scene.map().values.empty()) return;
    constexpr float kMuch = 1.001F; // less is rounding
    const ValueScale& scale = scene.map().scale;
    const bool beyond = scale.high > 0 && scene.map().highest() > kMuch * scale.high;
    const double above = beyond ? 14.0 + scene.metrics.height() : 4;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintGround(painter, scene, legend.numbers.united(legend.bar).adjusted(-8, -above, 6, 4));
    painter.setRenderHint(QPainter::Antialiasing, false);
    const int high = int(legend.bar.height());
    for (int y = 0; y < high; ++y)
        painter.fillRect(QRectF(legend.bar.left(), legend.bar.top() + y, legend.bar.width(), 1),
                         barColour(scene, 1 - float(y) / float(high - 1)));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(scene.palette.color(QPalette::Mid), 0.75));
    painter.drawRect(legend.bar.adjusted(-0.5, -0.5, 0.5, 0.5));
    painter.setPen(scene.palette.color(QPalette::Text));
    painter.drawText(legend.numbers, Qt::AlignRight | Qt::AlignTop, number(scale.valueAt(1)));
    painter.drawText(legend.numbers, Qt::AlignRight | Qt::AlignVCenter, number(scale.valueAt(0.5F)));
    painter.drawText(legend.numbers, Qt::AlignRight | Qt::AlignBottom, number(scale.valueAt(0)));
    if (beyond) paintBeyond(painter, scene, legend);
    painter.restore();
}

} // namespace headlens
