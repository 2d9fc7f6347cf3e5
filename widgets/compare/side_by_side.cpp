// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/side_by_side.h"

#include "widgets/canvas/canvas.h"
#include "widgets/common/elided_label.h"
#include "widgets/style/icons.h"
#include "widgets/style/tokens.h"

#include <QEvent>
#include <QGridLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {

int columnsFor(int panes, const QSize& room)
{
    constexpr int kFields = 96, kNarrowest = 240; // height of what stands around a picture; width of the fields
    int best = 1, largest = 0;
    for (int columns = 1; columns <= std::min(panes, std::max(1, room.width() / kNarrowest)); ++columns) {
        const int rows = (panes + columns - 1) / columns;
        const int side = std::min(room.width() / columns, room.height() / rows - kFields);
        if (side > largest) {
            best = columns;
            largest = side;
        }
    }
    return best;
}

SideBySide::SideBySide(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_window{model, selection}, m_display(display), m_title(new ElidedLabel), m_add(new QToolButton)
{
    build();
    connect(m_add, &QToolButton::clicked, this, [this] { add(); });
    connect(model, &InspectionModel::inputChanged, this, [this] {
        if (m_main != nullptr) shareZoom(m_main); // behind it: it was made before
    });
    add();
    retranslate();
}

void SideBySide::build()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({kGap, kTight, kGap, kGap}); // little above: the title stands close to the tabs
    layout->setSpacing(kTight);
    auto* row = new QHBoxLayout;
    row->addWidget(m_title, 1);
    row->addWidget(m_add);
    layout->addLayout(row);
    m_grid = new QGridLayout;
    m_grid->setSpacing(kTight);
    layout->addLayout(m_grid, 1);
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_add->setIcon(icon(Icon::Add));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setFocusPolicy(Qt::StrongFocus);
}

void SideBySide::setMainCanvas(Canvas* main)
{
    m_main = main;
    connect(main, &Canvas::zoomed, this, [this] { shareZoom(m_main); });
    for (ComparePane* pane : m_panes) pane->setMainCanvas(main);
}

ComparePane* SideBySide::add(const PaneWish& wish)
{
    if (m_panes.size() >= kMostPanes) return nullptr;
    auto* pane = new ComparePane(m_window, m_display, &m_sources);
    m_panes.append(pane);
    pane->setMainCanvas(m_main);
    connect(pane, &ComparePane::removeWanted, this, [this, pane] { remove(pane); });
    connect(pane->pane(), &PaneModel::wishChanged, this, &SideBySide::wishesChanged);
    connect(pane, &ComparePane::canvasMade, this, [this, pane] {
        connect(pane->canvas(), &Canvas::zoomed, this, [this, pane] { shareZoom(pane->canvas()); });
        connect(pane->pane()->model(), &InspectionModel::inputChanged, this, [this, pane] {
            if (m_main != nullptr) pane->canvas()->setZoom(m_main->zoom());
        });
    });
    pane->pane()->setWish(wish);
    pane->pane()->setAwake(isVisible());
    arrange();
    Q_EMIT wishesChanged();
    return pane;
}

// The last one is emptied instead.
void SideBySide::remove(ComparePane* pane)
{
    if (!m_panes.removeOne(pane)) return;
    const bool hadFocus = pane->isAncestorOf(focusWidget());
    pane->hide();
    pane->deleteLater();
    if (m_panes.isEmpty()) add();
    arrange();
    if (hadFocus) m_add->setFocus(Qt::OtherFocusReason);
    Q_EMIT wishesChanged();
}

QList<PaneWish> SideBySide::wishes() const
{
    QList<PaneWish> wishes;
    for (ComparePane* pane : m_panes) wishes.append(pane->pane()->wish());
    if (wishes.size() == 1 && wishes.first() == PaneWish()) wishes.clear();
    return wishes;
}

void SideBySide::setWishes(const QList<PaneWish>& wishes)
{
    if (wishes == this->wishes()) return;
    while (m_panes.size() > std::max<qsizetype>(1, wishes.size())) remove(m_panes.last());
    for (qsizetype i = 0; i < std::max<qsizetype>(1, wishes.size()); ++i) {
        const PaneWish wish = wishes.value(i);
        if (i < m_panes.size())
            m_panes[i]->pane()->setWish(wish);
        else
            add(wish);
    }
}

void SideBySide::arrange()
{
    m_columns = columnsFor(int(m_panes.size()), size());
    for (ComparePane* pane : m_panes) m_grid->removeWidget(pane);
    for (int i = 0; i < m_panes.size(); ++i) {
        m_grid->addWidget(m_panes[i], i / m_columns, i % m_columns);
        m_panes[i]->setNumber(i + 1);
    }
    for (int i = 0; i < kMostPanes; ++i) {
        m_grid->setColumnStretch(i, i < m_columns ? 1 : 0);
        m_grid->setRowStretch(i, qsizetype(i) * m_columns < m_panes.size() ? 1 : 0);
    }
    m_add->setEnabled(m_panes.size() < kMostPanes);
}

void SideBySide::shareZoom(const Canvas* from)
{
    const Canvas::Zoom zoom = from->zoom();
    if (m_main != nullptr && m_main != from) m_main->setZoom(zoom);
    for (ComparePane* pane : m_panes)
        if (pane->canvas() != nullptr && pane->canvas() != from) pane->canvas()->setZoom(zoom);
}

void SideBySide::setAwake(bool awake)
{
    for (ComparePane* pane : m_panes) pane->pane()->setAwake(awake);
}

void SideBySide::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    setAwake(true);
}

void SideBySide::hideEvent(QHideEvent* event)
{
    setAwake(false);
    QWidget::hideEvent(event);
}

void SideBySide::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (columnsFor(int(m_panes.size()), size()) != m_columns) arrange();
}

void SideBySide::retranslate()
{
    m_title->setText(tr("Linked by query, layer, head and zoom"));
    m_add->setText(tr("Add a pane"));
    m_add->setToolTip(tr("One more pane beside the main picture; at most %1").arg(kMostPanes));
}

void SideBySide::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
