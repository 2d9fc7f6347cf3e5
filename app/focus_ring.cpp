// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/focus_ring.h"

#include "widgets/style/painting.h"

#include <QApplication>
#include <QFocusEvent>
#include <QPainter>
#include <QScrollArea>

namespace headlens {
namespace {

class Frame : public QWidget {
public:
    explicit Frame(QWidget* parent) : QWidget(parent)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
        setGeometry(parent->rect());
        raise();
        show();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Tones tones = tonesOf(palette());
        // The inner line is seen on a ground of the ring's own colour.
        draw(&painter, QRectF(rect()).adjusted(kFocusWidth, kFocusWidth, -kFocusWidth, -kFocusWidth),
             {{}, tones.pane, 1, kRadius - kFocusWidth});
        draw(&painter, rect(), {{}, tones.accent, kFocusWidth, kRadius});
    }
};

// What is larger than the area it is scrolled in is framed by that area.
QWidget* framed(QWidget* focused)
{
    QWidget* viewport = focused->parentWidget();
    auto* scroll = viewport == nullptr ? nullptr : qobject_cast<QScrollArea*>(viewport->parentWidget());
    return scroll != nullptr && scroll->widget() == focused ? scroll : focused;
}

bool isByKeyboard(Qt::FocusReason reason)
{
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
}

} // namespace

FocusRing::FocusRing(QWidget* window) : QObject(window)
{
    qApp->installEventFilter(this);
}

void FocusRing::show(QWidget* focused)
{
    hide();
    m_frame = new Frame(framed(focused));
}

void FocusRing::hide()
{
    delete m_frame;
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn) {
        auto* widget = qobject_cast<QWidget*>(watched);
        if (widget != nullptr && widget->window() == parent())
            isByKeyboard(static_cast<QFocusEvent*>(event)->reason()) ? show(widget) : hide();
    } else if (event->type() == QEvent::MouseButtonPress) {
        hide();
    } else if (event->type() == QEvent::Resize && m_frame != nullptr && watched == m_frame->parentWidget()) {
        m_frame->setGeometry(m_frame->parentWidget()->rect());
    }
    return QObject::eventFilter(watched, event);
}

} // namespace headlens
