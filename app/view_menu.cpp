// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/view_menu.h"

#include "app/command_palette.h"
#include "app/presenter.h"
#include "app/start_screen.h"
#include "app/view_docks.h"
#include "app/workspaces.h"
#include "widgets/canvas/canvas.h"

#include <QAction>
#include <QMenu>

#include <utility>

namespace headlens {

ViewMenu::ViewMenu(QMainWindow* window, Parts parts) : Menu(window, QT_TR_NOOP("&View")), m_parts(std::move(parts))
{
    add(m_parts.palette->action(), QT_TR_NOOP("&Commands…"));
    submenu(QT_TR_NOOP("&Workspace"))->addActions(m_parts.choices);
    window->addActions(m_parts.choices); // their keys work while menu and rail are hidden
    menu()->addSeparator();
    buildZoom();
    menu()->addSeparator();
    add({QT_TR_NOOP("&Start page"), {}, [this] { m_parts.start->show(); }})
        ->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Home), QKeySequence(Qt::Key_HomePage)});
    add({QT_TR_NOOP("&Presenter mode"), QKeySequence(Qt::Key_F5),
         [presenter = m_parts.presenter] { presenter->isOn() ? presenter->leave() : presenter->enter(); }});
    menu()->addSeparator();
    menu()->addActions(m_parts.docks->toggles());
    add({QT_TR_NOOP("&Reset this workspace"), {}, [workspaces = m_parts.workspaces] { workspaces->reset(); }});
}

void ViewMenu::buildZoom()
{
    Canvas* canvas = m_parts.canvas;
    add({QT_TR_NOOP("Zoom &in"), QKeySequence::ZoomIn, [canvas] { canvas->zoomBy(1.25); }});
    add({QT_TR_NOOP("Zoom &out"), QKeySequence::ZoomOut, [canvas] { canvas->zoomBy(0.8); }});
    add({QT_TR_NOOP("&Fit to window"), QKeySequence(Qt::CTRL | Qt::Key_0), [canvas] { canvas->fitToWindow(); }});
    // Bare plus and minus as well, as picture viewers have it.
    for (const auto& [key, factor] :
         {std::pair(Qt::Key_Plus, 1.25), std::pair(Qt::Key_Equal, 1.25), std::pair(Qt::Key_Minus, 0.8)}) {
        auto* bare = new QAction(this);
        bare->setShortcut(key);
        connect(bare, &QAction::triggered, this, [canvas, by = factor] { canvas->zoomBy(by); });
        window()->addAction(bare);
    }
}

} // namespace headlens
