// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/heads_bar.h"

#include "widgets/common/elided_label.h"
#include "widgets/heads/head_magnifier.h"
#include "widgets/heads/head_order.h"
#include "widgets/heads/head_sections.h"
#include "widgets/heads/head_words.h"
#include "widgets/style/icons.h"
#include "widgets/style/look.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/live_rows.h"

#include <QActionGroup>
#include <QEvent>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kAround = 4, kBetween = 8; // pixels
constexpr int kForQuery = 128;           // pixels that its name wants

int headsOf(const InspectionModel& model)
{
    int heads = 0;
    for (const verbs::BlockGrid& block : model.input().blocks) heads += block.heads;
    return heads;
}

} // namespace

HeadsBar::HeadsBar(InspectionModel* model, HeadOrder* order, HeadMagnifier* magnifier, QWidget* parent)
    : QWidget(parent), m_model(model), m_order(order), m_magnifier(magnifier), m_sort(new QToolButton),
      m_menu(new QMenu(this)), m_query(new ElidedLabel)
{
    m_sort->setParent(this);
    m_query->setParent(this);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setLook(m_sort, Look::Field);
    m_sort->setIcon(icon(Icon::Sort));
    m_sort->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_sort->setPopupMode(QToolButton::InstantPopup);
    m_sort->setFocusPolicy(Qt::StrongFocus);
    m_sort->setMenu(m_menu);
    m_query->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_query->setTextFormat(Qt::PlainText); // pieces of a vocabulary may look like tags
    connect(m_menu, &QMenu::aboutToShow, this, &HeadsBar::fillMenu);
    connect(order, &HeadOrder::changed, this, &HeadsBar::showTexts);
    connect(model, &InspectionModel::inputChanged, this, &HeadsBar::showTexts);
    connect(model->rows(), &LiveRows::changed, this,
            [this] { m_query->setText(queryName(*m_model)); }); // with every move of the mouse
    showTexts();
}

QSize HeadsBar::sizeHint() const
{
    return {2 * kForQuery + m_sort->sizeHint().width(), m_sort->sizeHint().height() + 2 * kAround};
}

QSize HeadsBar::minimumSizeHint() const
{
    return {kForQuery, sizeHint().height()};
}

// By hand: the query changes with every move of the mouse, and a layout would go over the whole window each time.
void HeadsBar::place()
{
    const int height = this->height() - 2 * kAround;
    m_sort->setGeometry(kBetween, kAround, std::min(m_sort->sizeHint().width(), width() - 2 * kBetween), height);
    const int left = m_sort->geometry().right() + kBetween;
    m_query->setGeometry(left, kAround, std::max(0, width() - left - kBetween), height);
}

// The longest text that leaves the query room.
void HeadsBar::showTexts()
{
    const QString by = m_order->sortedBy();
    const QString sorted = tr("sorted by %1").arg(by);
    const QString all = tr("%1 heads").arg(headsOf(*m_model)) + QStringLiteral(" \u00B7 ") + sorted;
    const int forQuery = std::min(kForQuery, width() / 3) + 3 * kBetween;
    for (const QString& text : {all, sorted, by}) {
        m_sort->setText(text);
        if (m_sort->sizeHint().width() + forQuery <= width()) break;
    }
    m_sort->setToolTip(
        rowOf(m_order->sort()).statistic ? all + QLatin1Char('\n') + tr("Each number is a mean of all queries.") : all);
    m_sort->setAccessibleName(tr("Order of the heads: %1").arg(all));
    m_query->setText(queryName(*m_model));
    setVisible(headsOf(*m_model) > 0);
    place();
}

void HeadsBar::fillMenu()
{
    m_menu->clear();
    qDeleteAll(m_menu->findChildren<QActionGroup*>(Qt::FindDirectChildrenOnly));
    auto* sorts = new QActionGroup(m_menu);
    for (const HeadSortRow& row : headSorts()) {
        QAction* action = m_menu->addAction(m_order->text(row.sort));
        action->setCheckable(true);
        action->setChecked(row.sort == m_order->sort());
        action->setActionGroup(sorts);
        connect(action, &QAction::triggered, this, [this, sort = row.sort] { m_order->setSort(sort); });
    }
    m_menu->addSeparator();
    auto* directions = new QActionGroup(m_menu);
    for (const bool largest : {true, false}) {
        const bool layers = m_order->sort() == HeadSort::Layer;
        QAction* action = m_menu->addAction(layers ? (largest ? tr("last layer first") : tr("first layer first"))
                                                   : (largest ? tr("largest first") : tr("smallest first")));
        action->setCheckable(true);
        action->setChecked(largest == m_order->isLargestFirst());
        action->setActionGroup(directions);
        connect(action, &QAction::triggered, this, [this, largest] { m_order->setLargestFirst(largest); });
    }
    m_menu->addSeparator();
    if (m_order->sort() == HeadSort::Layer && sectionsOf(m_model->input().blocks).size() > 1) {
        connect(m_menu->addAction(tr("fold all groups")), &QAction::triggered, this, [this] { Q_EMIT foldAll(true); });
        connect(m_menu->addAction(tr("unfold all groups")), &QAction::triggered, this,
                [this] { Q_EMIT foldAll(false); });
    }
    QAction* magnify = m_menu->addAction(tr("magnify the head under the mouse"));
    magnify->setCheckable(true);
    magnify->setChecked(m_magnifier->isOn());
    connect(magnify, &QAction::toggled, m_magnifier, &HeadMagnifier::setOn);
}

void HeadsBar::resizeEvent(QResizeEvent*)
{
    showTexts();
}

void HeadsBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) {
        updateGeometry();
        showTexts();
    }
}

} // namespace headlens
