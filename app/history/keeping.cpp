// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/keeping.h"

#include "app/app_settings.h"
#include "app/centre.h"
#include "app/history/autosave.h"
#include "app/history/figure_copies.h"
#include "app/history/figure_drag.h"
#include "app/history/sessions.h"
#include "app/openings.h"
#include "app/view_docks.h"
#include "widgets/canvas/canvas.h"
#include "widgets/common/message_bar.h"
#include "widgets/history/history_pane.h"
#include "widgets/text/text_pane.h"
#include "widgets/viewmodel/history.h"

#include <QMainWindow>

namespace headlens {

Keeping::Keeping(const Parts& parts)
    : QObject(parts.window), m_parts(parts),
      m_bench(
          new Workbench({parts.model, parts.selection, parts.display, parts.centre->player()}, windowFor(parts), this)),
      m_history(new History(m_bench, this)),
      m_sessions(new Sessions({parts.window, parts.settings, m_bench, m_history, parts.centre->messages()})),
      m_autosave(new Autosave(m_bench, m_history, parts.settings->stateFolder(), this)),
      m_copies(new FigureCopies({parts.centre->canvas(), parts.figures, m_bench, parts.centre->messages()}, this))
{
    parts.docks->view<HistoryPane>()->setStack(m_history->stack());
    new FigureDrag(parts.centre->canvas(), [this] { return m_copies->dragged(); });
    connect(parts.openings, &Openings::sessionWanted, m_sessions, &Sessions::open);
    connect(m_sessions, &Sessions::opens, parts.openings, &Openings::opens);
}

Workbench::Window Keeping::windowFor(const Parts& parts)
{
    return {[centre = parts.centre](const TextRequest& wish) { centre->text()->fill(wish); },
            [openings = parts.openings](const QString& path) { openings->openPictureFile(path); }, parts.workspace,
            parts.showWorkspace};
}

bool Keeping::offerLeftover()
{
    const auto left = m_autosave->takeLeftover();
    if (!left) return false;
    m_parts.centre->messages()->offer(
        MessageBar::Kind::Warning, tr("HeadLens ended without being closed the last time."),
        tr("Restore what was open"), [this, state = *left] { m_sessions->restore(state, tr("What was open before")); });
    return true;
}

} // namespace headlens
