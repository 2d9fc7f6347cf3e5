// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lessons/lesson_keys.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QKeyEvent>

namespace headlens {

LessonKeys::LessonKeys(QWidget* sheet) : QObject(sheet), m_sheet(sheet)
{
    watch();
}

void LessonKeys::watch()
{
    for (QWidget* child : m_sheet->findChildren<QWidget*>()) {
        child->removeEventFilter(this); // once is enough
        child->installEventFilter(this);
    }
}

void LessonKeys::setActive(bool isOpen, bool predicts)
{
    m_isOpen = isOpen;
    m_predicts = predicts;
}

bool LessonKeys::takes(const QObject* where, int key) const
{
    // A button that has focus is pressed by Space, a list is walked and opened by its keys, as everywhere.
    const bool ofButton = qobject_cast<const QAbstractButton*>(where) != nullptr;
    const bool ofList = qobject_cast<const QComboBox*>(where) != nullptr;
    switch (key) {
    case Qt::Key_Space: return !ofButton && !ofList;
    case Qt::Key_Home:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: return !ofList;
    case Qt::Key_Right:
    case Qt::Key_Left:
    case Qt::Key_Backspace: return true;
    default: return key >= Qt::Key_1 && key <= Qt::Key_9 && m_predicts && !ofList;
    }
}

void LessonKeys::press(int key)
{
    switch (key) {
    case Qt::Key_Space:
    case Qt::Key_Right:
    case Qt::Key_PageDown: return Q_EMIT nextPressed();
    case Qt::Key_Backspace:
    case Qt::Key_Left:
    case Qt::Key_PageUp: return Q_EMIT backPressed();
    case Qt::Key_Home: return Q_EMIT firstPressed();
    default: return Q_EMIT choicePressed(key - Qt::Key_1);
    }
}

// The list that a combo box drops down is a window of its own, with keys of its own.
bool LessonKeys::isMeant(const QObject* watched, const QKeyEvent& key) const
{
    const auto* widget = qobject_cast<const QWidget*>(watched);
    return m_isOpen && (key.modifiers() & ~Qt::KeypadModifier) == 0 && widget != nullptr &&
           widget->window() == m_sheet->window();
}

bool LessonKeys::eventFilter(QObject* watched, QEvent* event)
{
    const bool isShortcut = event->type() == QEvent::ShortcutOverride;
    if (!isShortcut && event->type() != QEvent::KeyPress) return QObject::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (!isMeant(watched, *key)) return QObject::eventFilter(watched, event);
    const bool isOurs = takes(watched, key->key());
    if (isShortcut) {
        // Space on a button is the button's, and still not the window's.
        if (!isOurs && key->key() != Qt::Key_Space) return QObject::eventFilter(watched, event);
        event->accept();
        return true;
    }
    if (!isOurs) return QObject::eventFilter(watched, event);
    press(key->key());
    return true;
}

} // namespace headlens
