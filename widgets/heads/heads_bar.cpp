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
#include <QHBoxLayout>
#include <QMenu>
#include <QStyle>
#include <QStyleOptionToolButton>
#include <QToolButton>

namespace headlens {
namespace {

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
    auto* layout = new QHBoxLayout(this);
    constexpr int kAround = 4, kBetween = 8;
    layout->setContentsMargins(kBetween, kAround, kBetween, kAround);
    layout->setSpacing(kBetween);
    layout->addWidget(m_sort);
    layout->addWidget(m_query, 1);
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

// The longest text that leaves the query room.
void HeadsBar::showTexts()
{
    const QString by = m_order->text(m_order->sort());
    const QString sorted = tr("sorted by %1").arg(by);
    const QString all = tr("%1 heads").arg(headsOf(*m_model)) + QStringLiteral(" \u00B7 ") + sorted;
    constexpr int kForQuery = 96;
    for (const QString& text : {all, sorted, by}) {
        m_sort->setText(text);
        if (m_sort->sizeHint().width() + kForQuery <= width()) break;
    }
    m_sort->setToolTip(all);
    m_sort->setAccessibleName(tr("Order of the heads: %1").arg(all));
    m_query->setText(queryName(*m_model));
    setVisible(headsOf(*m_model) > 0);
}

void HeadsBar::fillMenu()
{
    m_menu->clear();
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
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) showTexts();
}

} // namespace headlens
