// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_photo.h"

#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/components.h"

#include <QPaintDevice>
#include <QPainter>
#include <QPainterPath>

namespace headlens {
namespace {

constexpr int kLargestCopy = 4096; // pixels a side; zoomed in further only the visible part is scaled

// Halfway to what lies around the picture, in both themes.
QColor dimmingOf(const CanvasScene& scene)
{
    QColor color = scene.palette.color(QPalette::Base);
    color.setAlpha(165);
    return color;
}

// What of the picture the model does not see, in the same points as both.
void dimOutside(QPainter& painter, const QRectF& picture, const QRectF& seen, const QColor& color)
{
    QPainterPath outside;
    outside.addRect(picture);
    QPainterPath inside;
    inside.addRect(seen);
    painter.fillPath(outside.subtracted(inside), color);
}

// Pixels stay pixels where a person zoomed in to see them, or looks at what the model sees.
bool isSmooth(const CanvasScene& scene, double pixelsPerPixel)
{
    constexpr double kPixelsCanBeSeen = 6;
    if (scene.model->input().frame > 0) return false; // a film: the next frame is due
    return pixelsPerPixel < 1 || (scene.showsOriginal() && pixelsPerPixel < kPixelsCanBeSeen);
}

} // namespace

void CanvasPhoto::paint(QPainter& painter, const CanvasScene& scene)
{
    const QImage& picture = scene.picture();
    const PicturePlace place = scene.place();
    const double ratio = painter.device()->devicePixelRatioF();
    const QRectF target = scene.view.toWidget(place.picture), seen = scene.view.toWidget(place.seen);
    const QSize size = (target.size() * ratio).toSize();
    const bool smooth = isSmooth(scene, scene.view.scale() * ratio);
    const QColor dimming = dimmingOf(scene);
    if (size.isEmpty() || size.width() > kLargestCopy || size.height() > kLargestCopy) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform, smooth);
        painter.drawImage(target, picture);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        dimOutside(painter, target, seen, dimming);
    } else {
        const Key key{picture.cacheKey(), size, place.seen, dimming.rgba()};
        if (key != m_key) {
            m_key = key;
            ++m_scalings;
            m_scaled = QPixmap::fromImage(picture.scaled(size, Qt::IgnoreAspectRatio,
                                                         smooth ? Qt::SmoothTransformation : Qt::FastTransformation));
            m_scaled.setDevicePixelRatio(ratio);
            QPainter onto(&m_scaled);
            dimOutside(onto, QRectF({0, 0}, target.size()), seen.translated(-target.topLeft()), dimming);
        }
        painter.drawPixmap(target.topLeft().toPoint(), m_scaled);
    }
    const Components* components = scene.model->components();
    if (scene.display->get().ground == Ground::Components && !components->picture().isNull())
        painter.drawImage(scene.gridOf(scene.model->rows()->layoutOf(components->info().layer)), components->picture());
}

void paintCorners(QPainter& painter, const CanvasScene& scene, const QColor& ground)
{
    constexpr double kRadius = 6;
    QRectF rect = scene.view.toWidget(scene.place().picture);
    rect.moveTopLeft(QPointF(rect.topLeft().toPoint())); // as it is painted
    const QRectF all({0, 0}, scene.size);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const double x : {-1.0, 1.0})
        for (const double y : {-1.0, 1.0}) {
            const QPointF corner(x < 0 ? rect.left() : rect.right(), y < 0 ? rect.top() : rect.bottom());
            if (!all.contains(corner)) continue;
            const QPointF outer = corner + QPointF(x, y), inX(-x * kRadius, 0), inY(0, -y * kRadius);
            QPainterPath path(outer);
            path.lineTo(QPointF(outer.x(), corner.y()) + inY);
            path.lineTo(corner + inY);
            path.quadTo(corner, corner + inX);
            path.lineTo(QPointF(corner.x(), outer.y()) + inX);
            painter.fillPath(path, ground);
        }
    painter.restore();
}

} // namespace headlens
