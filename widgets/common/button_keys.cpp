// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/button_keys.h"

#include <QAbstractButton>
#include <QKeyEvent>

namespace headlens {

bool ButtonKeys::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride || qobject_cast<QAbstractButton*>(watched) == nullptr) return false;
    if (static_cast<QKeyEvent*>(event)->key() != Qt::Key_Space) return false;
    event->accept(); // it comes again as a key of the button
    return true;
}

} // namespace headlens
