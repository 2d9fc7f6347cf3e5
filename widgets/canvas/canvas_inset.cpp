// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_inset.h"

#include "widgets/canvas/canvas_scene.h"

#include <QPainter>

#include <algorithm>

namespace headlens {
namespace {

void frame(QPainter& painter, const QRectF& rect, const QColor& color)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 4));
    painter.drawRect(rect);
    painter.setPen(QPen(color, 2));
    painter.drawRect(rect);
}

// Not where all of the original is in sight.
bool hasInset(const CanvasScene& scene)
{
    const verbs::InputInfo& input = scene.model->input();
    const QImage &original = scene.model->run().original, &seen = scene.model->run().seen;
    if (original.isNull() || input.region.size() != 4 || input.originalWidth < 1 ||
        scene.display->get().style == OverlayStyle::SideBySide)
        return false;
    if (!scene.view.isFitted()) return true;
    const bool whole = input.region[0] <= 0.5 && input.region[1] <= 0.5 &&
                       input.region[2] >= input.originalWidth - 1.0 && input.region[3] >= input.originalHeight - 1.0 &&
                       original.width() * seen.height() == original.height() * seen.width();
    return !scene.showsOriginal() && !whole;
}

// A small canvas keeps its patches in sight: the inset takes a quarter of its side at most, and no less than shows
// something; else it is empty.
QRectF insetRect(const CanvasScene& scene)
{
    constexpr double kLargest = 96, kLeast = 36;
    const QRectF area = scene.pictureArea();
    const double side = std::min(kLargest, std::min(area.width(), area.height()) / 4);
    if (side < kLeast) return {};
    const QSizeF size = QSizeF(scene.model->run().original.size()).scaled(side, side, Qt::KeepAspectRatio);
    return {QPointF(CanvasScene::kMargin, scene.legend().caption.top() - size.height() - CanvasScene::kMargin / 2),
            size};
}

} // namespace

void paintInset(QPainter& painter, const CanvasScene& scene)
{
    const QRectF inset = hasInset(scene) ? insetRect(scene) : QRectF();
    if (inset.isEmpty()) return;
    const QImage& original = scene.model->run().original;
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(inset, original);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    const PicturePlace whole = placeOf(scene.model->input(), original.size(), true);
    const double scale = inset.width() / original.width();
    const auto inInset = [&](const QRectF& inWhole) {
        return QRectF(inset.topLeft() + (inWhole.topLeft() - whole.picture.topLeft()) * scale, inWhole.size() * scale)
            .intersected(inset);
    };
    frame(painter, inInset(whole.seen), QColor(255, 255, 255));
    if (!scene.view.isFitted()) {
        const PicturePlace shown = scene.place();
        const double sx = whole.seen.width() / shown.seen.width(), sy = whole.seen.height() / shown.seen.height();
        const QRectF visible(scene.view.toPicture(QPointF(0, 0)),
                             scene.view.toPicture(QPointF(scene.size.width(), scene.legend().caption.top())));
        const QPointF corner = visible.topLeft() - shown.seen.topLeft();
        const QRectF part(whole.seen.topLeft() + QPointF(corner.x() * sx, corner.y() * sy),
                          QSizeF(visible.width() * sx, visible.height() * sy));
        frame(painter, inInset(part), scene.palette.color(QPalette::Highlight));
    }
    painter.restore();
}

} // namespace headlens
