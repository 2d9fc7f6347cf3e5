// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/history/history_pane.h"

#include <QEvent>
#include <QFrame>

namespace headlens {

HistoryPane::HistoryPane(QWidget* parent) : QUndoView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    retranslate();
}

void HistoryPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QUndoView::changeEvent(event);
}

void HistoryPane::retranslate()
{
    setEmptyLabel(tr("As it was opened"));
    setAccessibleName(tr("Steps that can be undone"));
    setToolTip(tr("Click a step to go back to it, or forward again"));
}

} // namespace headlens
