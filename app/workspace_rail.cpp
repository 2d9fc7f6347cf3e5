// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace_rail.h"

#include "app/action_names.h"
#include "app/workspaces.h"
#include "widgets/style/look.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QToolButton>

namespace headlens {

WorkspaceRail::WorkspaceRail(Workspaces* spaces, QWidget* parent) : QToolBar(parent), m_choices(new QActionGroup(this))
{
    setObjectName(QStringLiteral("rail")); // saveState() needs it
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setOrientation(Qt::Vertical);
    setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    constexpr int kIcon = 22;
    setIconSize({kIcon, kIcon});
    for (const Workspace& one : workspaces()) {
        QAction* action = m_choices->addAction(icon(one.icon), QString());
        action->setCheckable(true);
        action->setData(QString::fromLatin1(one.id));
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + int(m_choices->actions().size()) - 1)));
        addAction(action);
        setLook(widgetForAction(action), Look::Rail);
    }
    connect(m_choices, &QActionGroup::triggered, spaces,
            [spaces](const QAction* action) { spaces->show(action->data().toString()); });
    connect(spaces, &Workspaces::changed, this, &WorkspaceRail::tick);
    retranslate();
}

QList<QAction*> WorkspaceRail::choices() const
{
    return m_choices->actions();
}

void WorkspaceRail::tick(const QString& id)
{
    for (QAction* action : m_choices->actions()) action->setChecked(action->data().toString() == id);
}

void WorkspaceRail::retranslate()
{
    setWindowTitle(tr("Workspaces"));
    setAccessibleName(tr("Workspaces"));
    for (QAction* action : m_choices->actions()) {
        const Workspace* one = workspaceOf(action->data().toString());
        action->setText(one->translatedTitle());
        action->setToolTip(
            tr("%1 (%2)").arg(one->translatedSays(), action->shortcut().toString(QKeySequence::NativeText)));
        setSourceText(action, "Workspaces", one->title);
    }
}

void WorkspaceRail::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QToolBar::changeEvent(event);
}

} // namespace headlens
