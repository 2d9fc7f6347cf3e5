// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/heads_view.h"

#include "widgets/heads/head_grid.h"
#include "widgets/heads/head_magnifier.h"
#include "widgets/heads/head_order.h"
#include "widgets/heads/heads_bar.h"

#include <QEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace headlens {

HeadsView::HeadsView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_grid(new HeadGrid(model, selection, display)), m_scroll(new QScrollArea),
      m_magnifier(new HeadMagnifier(model, display, m_grid->order(), this)),
      m_bar(new HeadsBar(model, m_grid->order(), m_magnifier, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_scroll, 1);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(m_grid);
    m_scroll->viewport()->installEventFilter(this);
    m_grid->installEventFilter(this);
    setFocusProxy(m_grid);
    connect(m_grid, &HeadGrid::lookedChanged, this, &HeadsView::magnify);
    connect(m_grid, &HeadGrid::reached, this, [this](const QRect& cell) {
        constexpr int kAround = 8;
        m_scroll->ensureVisible(cell.center().x(), cell.center().y(), cell.width() / 2 + kAround,
                                cell.height() / 2 + kAround);
        magnify();
    });
    connect(m_bar, &HeadsBar::foldAll, this, [this](bool folded) {
        for (const HeadSection& section : m_grid->sections()) m_grid->setFolded(section, folded);
    });
}

// Qt takes the focus from the grid once only the QWidget of this view is left.
HeadsView::~HeadsView()
{
    m_grid->disconnect(this);
}

HeadOrder* HeadsView::order() const
{
    return m_grid->order();
}

void HeadsView::magnify()
{
    const HeadPlace& place = m_grid->looked();
    const QRect cell = m_grid->cellRect(place.layer, place.head).toAlignedRect();
    if (place.layer < 0 || cell.isEmpty()) return m_magnifier->lookAway();
    m_magnifier->lookAt(place, QRect(m_grid->mapTo(this, cell.topLeft()), cell.size()), m_scroll->geometry());
}

// A pane that becomes higher may need no bar any more, and the grid, as high as before, would not hear of it.
bool HeadsView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_grid) // the magnifier says the same, and more beautifully
        return (event->type() == QEvent::ToolTip && m_magnifier->isVisible()) || QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::Resize) m_grid->arrange();
    return QWidget::eventFilter(watched, event);
}

} // namespace headlens
