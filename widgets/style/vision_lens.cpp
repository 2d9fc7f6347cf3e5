// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/vision_lens.h"

#include <QApplication>
#include <QEvent>
#include <QGraphicsEffect>
#include <QPainter>
#include <QWidget>

namespace headlens {
namespace {

class Lens : public QGraphicsEffect {
public:
    explicit Lens(Vision vision) : m_vision(vision) {}

protected:
    void draw(QPainter* painter) override
    {
        QPoint offset;
        QImage image = sourcePixmap(Qt::DeviceCoordinates, &offset, NoPad).toImage();
        simulate(m_vision, image);
        painter->save();
        painter->setWorldTransform({});
        painter->drawImage(offset, image);
        painter->restore();
    }

private:
    Vision m_vision;
};

bool hasLens(const QWidget* window)
{
    return dynamic_cast<const Lens*>(window->graphicsEffect()) != nullptr;
}

// A window with an effect of its own keeps that.
void put(QWidget* window, Vision vision)
{
    if (window->graphicsEffect() != nullptr && !hasLens(window)) return;
    window->setGraphicsEffect(vision == Vision::Full ? nullptr : new Lens(vision));
}

} // namespace

VisionLens::~VisionLens()
{
    set(Vision::Full);
}

void VisionLens::set(Vision vision)
{
    if (vision == m_vision) return;
    m_vision = vision;
    qApp->removeEventFilter(this);
    if (vision != Vision::Full) qApp->installEventFilter(this);
    for (QWidget* window : QApplication::topLevelWidgets())
        if (vision != Vision::Full || hasLens(window)) put(window, vision);
}

// Menus, tips and dialogs come later.
bool VisionLens::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show && watched->isWidgetType()) {
        auto* widget = static_cast<QWidget*>(watched);
        if (widget->isWindow() && !hasLens(widget)) put(widget, m_vision);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace headlens
