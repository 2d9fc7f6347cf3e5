// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/wheel_guard.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QSlider>

namespace headlens {
namespace {
bool holdsANumber(const QObject* widget)
{
    return qobject_cast<const QAbstractSpinBox*>(widget) != nullptr || qobject_cast<const QSlider*>(widget) != nullptr;
}
} // namespace

bool WheelGuard::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::Wheel && event->type() != QEvent::Polish) return false;
    const bool list = qobject_cast<QComboBox*>(watched) != nullptr;
    if (!list && !holdsANumber(watched)) return false;
    auto* widget = static_cast<QWidget*>(watched);
    if (event->type() == QEvent::Polish) { // the wheel alone would make them the focus
        if (widget->focusPolicy() == Qt::WheelFocus) widget->setFocusPolicy(Qt::StrongFocus);
        return false;
    }
    if (!list && widget->hasFocus()) return false;
    event->ignore(); // goes on to the area that scrolls
    return true;
}

} // namespace headlens
