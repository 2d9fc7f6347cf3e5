// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/figure_drag.h"

#include <QApplication>
#include <QDrag>
#include <QImage>
#include <QMimeData>
#include <QMouseEvent>
#include <QPixmap>
#include <QWidget>

#include <utility>

namespace headlens {
namespace {

constexpr int kThumb = 160; // points of the picture under the mouse

} // namespace

FigureDrag::FigureDrag(QWidget* canvas, std::function<QMimeData*()> make)
    : QObject(canvas), m_canvas(canvas), m_make(std::move(make))
{
    m_run = [this](QMimeData* mime) {
        auto* drag = new QDrag(m_canvas);
        drag->setMimeData(mime);
        const auto image = qvariant_cast<QImage>(mime->imageData());
        drag->setPixmap(
            QPixmap::fromImage(image.scaled(kThumb, kThumb, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
        drag->exec(Qt::CopyAction);
    };
    canvas->installEventFilter(this);
}

// Without Alt every gesture is the canvas's own.
bool FigureDrag::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::MouseButtonPress) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        m_isHeld = mouse->button() == Qt::LeftButton && mouse->modifiers().testFlag(Qt::AltModifier);
        m_from = mouse->position();
        return m_isHeld;
    }
    if (!m_isHeld) return QObject::eventFilter(watched, event);
    if (type == QEvent::MouseButtonRelease) {
        m_isHeld = false;
        return true;
    }
    if (type == QEvent::MouseMove) {
        const QPointF way = static_cast<QMouseEvent*>(event)->position() - m_from;
        if (way.manhattanLength() < QApplication::startDragDistance()) return true;
        m_isHeld = false;
        m_run(m_make());
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace headlens
