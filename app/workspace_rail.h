// SPDX-License-Identifier: GPL-3.0-or-later
// The rail at the left: a button for every workspace of the table.
#pragma once

#include <QList>
#include <QToolBar>

class QActionGroup;

namespace headlens {

class Workspaces;

class WorkspaceRail : public QToolBar {
    Q_OBJECT
public:
    WorkspaceRail(Workspaces* workspaces, QWidget* parent);

    // One for each workspace, with its key; for the menu as well.
    QList<QAction*> choices() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void tick(const QString& id);

    QActionGroup* m_choices;
};

} // namespace headlens
