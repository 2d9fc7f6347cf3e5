// SPDX-License-Identifier: GPL-3.0-or-later
// Edit: undo and redo, what is copied and pasted.
#pragma once

#include "app/menu.h"

class QUndoStack;

namespace headlens {

class Canvas;
class FigureCopies;
class Openings;

class EditMenu : public Menu {
    Q_OBJECT
public:
    struct Parts {
        QUndoStack* steps;
        FigureCopies* copies;
        Openings* openings;
        Canvas* canvas;
        std::function<void()> showHistory;
    };
    EditMenu(QMainWindow* window, Parts parts);

    QAction* undoAction() const { return m_undo; }
    QAction* redoAction() const { return m_redo; }

private:
    void nameSteps(); // after what they undo

    Parts m_parts;
    QAction *m_undo = nullptr, *m_redo = nullptr;
};

} // namespace headlens
