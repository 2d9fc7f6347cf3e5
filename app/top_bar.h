// SPDX-License-Identifier: GPL-3.0-or-later
// The bar at the top: what is open (model and input), the command palette, what computes and how long the last run
// took, undo and redo, the figure of what is seen.
#pragma once

#include "app/open_menus.h"

#include <QList>
#include <QToolBar>

namespace headlens {

class ChangeChips;
class FieldButton;

class TopBar : public QToolBar {
    Q_OBJECT
public:
    struct Parts {
        OpenMenuParts open;
        QList<QAction*> models, inputs; // further lines of the two menus: what else opens one
        QList<QMenu*> computing;        // device and precision
        QAction* palette;
        QList<QAction*> steps; // undo and redo
        QAction* figure;
    };
    TopBar(const Parts& parts, QWidget* parent);
    ChangeChips* changes() const { return m_changes; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void fillModels();
    void fillInputs();
    void retranslate();
    void showModel();
    void showInput();
    void showRun();

    Parts m_parts;
    FieldButton *m_model, *m_input, *m_search, *m_run;
    ChangeChips* m_changes;
};

} // namespace headlens
