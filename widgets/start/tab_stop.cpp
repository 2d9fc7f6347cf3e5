// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/tab_stop.h"

#include <QEvent>

namespace headlens {

void TabStop::setWidgets(const QList<QWidget*>& widgets)
{
    for (const QPointer<QWidget>& before : m_widgets)
        if (before) before->removeEventFilter(this);
    m_widgets.clear();
    for (QWidget* widget : widgets) {
        m_widgets.append(widget);
        widget->installEventFilter(this);
    }
    if (!widgets.isEmpty()) choose(widgets.contains(m_chosen.data()) ? m_chosen.data() : widgets.first());
}

void TabStop::choose(QWidget* chosen)
{
    m_chosen = chosen;
    for (const QPointer<QWidget>& widget : m_widgets)
        if (widget) widget->setFocusPolicy(widget == chosen ? Qt::StrongFocus : Qt::ClickFocus);
}

bool TabStop::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn) choose(static_cast<QWidget*>(watched));
    return QObject::eventFilter(watched, event);
}

} // namespace headlens
