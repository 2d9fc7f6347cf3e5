// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/edit_menu.h"

#include "app/history/figure_copies.h"
#include "app/openings.h"
#include "widgets/canvas/canvas.h"
#include "widgets/style/icons.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QPlainTextEdit>
#include <QUndoStack>

#include <utility>

namespace headlens {
namespace {

// A text that is being edited keeps its own steps. True: it took the key.
bool inEditor(void (QLineEdit::*ofLine)(), void (QPlainTextEdit::*ofText)())
{
    QWidget* focus = QApplication::focusWidget();
    if (auto* line = qobject_cast<QLineEdit*>(focus); line != nullptr && !line->isReadOnly()) {
        (line->*ofLine)();
        return true;
    }
    if (auto* text = qobject_cast<QPlainTextEdit*>(focus); text != nullptr && !text->isReadOnly()) {
        (text->*ofText)();
        return true;
    }
    return false;
}

} // namespace

EditMenu::EditMenu(QMainWindow* window, Parts parts) : Menu(window, QT_TR_NOOP("Ed&it")), m_parts(std::move(parts))
{
    m_undo = add({QT_TR_NOOP("&Undo"), QKeySequence(Qt::CTRL | Qt::Key_Z), [this] {
                      if (!inEditor(&QLineEdit::undo, &QPlainTextEdit::undo)) m_parts.steps->undo();
                  }});
    m_redo = add({QT_TR_NOOP("&Redo"), {}, [this] {
                      if (!inEditor(&QLineEdit::redo, &QPlainTextEdit::redo)) m_parts.steps->redo();
                  }});
    m_redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    m_undo->setIcon(icon(Icon::Undo));
    m_redo->setIcon(icon(Icon::Redo));
    add({QT_TR_NOOP("&History"), {}, m_parts.showHistory});
    menu()->addSeparator();
    QAction* copy = add({QT_TR_NOOP("&Copy figure"), QKeySequence::Copy, [this] { m_parts.copies->copyFigure(); }});
    copy->setShortcutContext(Qt::WidgetShortcut); // lists and texts copy their own
    m_parts.canvas->addAction(copy);
    add({QT_TR_NOOP("Copy as command &line"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
         [this] { m_parts.copies->copyCommand(); }});
    add({QT_TR_NOOP("&Paste"), QKeySequence::Paste, [this] { m_parts.openings->paste(); }});
    connect(m_parts.steps, &QUndoStack::canUndoChanged, this, &EditMenu::nameSteps);
    connect(m_parts.steps, &QUndoStack::canRedoChanged, this, &EditMenu::nameSteps);
    connect(m_parts.steps, &QUndoStack::undoTextChanged, this, &EditMenu::nameSteps);
    connect(m_parts.steps, &QUndoStack::redoTextChanged, this, &EditMenu::nameSteps);
    nameSteps();
}

// They stay enabled: a text may have steps of its own.
void EditMenu::nameSteps()
{
    const QString undo = m_parts.steps->undoText(), redo = m_parts.steps->redoText();
    m_undo->setToolTip(undo.isEmpty() ? tr("Nothing to undo") : tr("Undo: %1").arg(undo));
    m_redo->setToolTip(redo.isEmpty() ? tr("Nothing to redo") : tr("Redo: %1").arg(redo));
    m_undo->setStatusTip(m_undo->toolTip());
    m_redo->setStatusTip(m_redo->toolTip());
    menu()->setToolTipsVisible(true);
}

} // namespace headlens
