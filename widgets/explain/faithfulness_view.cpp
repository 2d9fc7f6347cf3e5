// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/faithfulness_view.h"

#include "widgets/explain/faithfulness_curves.h"
#include "widgets/explain/method_page.h"
#include "widgets/explain/ranking_page.h"
#include "widgets/explain/sanity_page.h"
#include "widgets/viewmodel/method_sheet.h"

#include <QEvent>
#include <QScrollArea>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace headlens {

FaithfulnessView::FaithfulnessView(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_curves(new FaithfulnessCurves(model, selection)), m_tabs(new QTabWidget),
      m_ranking(new RankingPage(model, selection)), m_method(new MethodPage(model, selection)),
      m_sanity(new SanityPage(model, selection))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    auto* scroll = new QScrollArea; // a low window keeps room for the sheet
    scroll->setWidget(m_sanity);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(parts);
    parts->addWidget(m_curves);
    parts->addWidget(m_tabs);
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 1);
    for (QWidget* page :
         {static_cast<QWidget*>(m_ranking), static_cast<QWidget*>(m_method), static_cast<QWidget*>(scroll)})
        m_tabs->addTab(page, QString());
    m_tabs->setDocumentMode(true);
    retranslate();
}

void FaithfulnessView::showPage(int page) const
{
    m_tabs->setCurrentIndex(page);
}

void FaithfulnessView::retranslate()
{
    m_tabs->setTabText(0, tr("Ranking"));
    m_tabs->setTabText(1, tr("Method"));
    m_tabs->setTabText(2, tr("Sanity"));
    for (QWidget* named : {static_cast<QWidget*>(m_tabs), static_cast<QWidget*>(m_tabs->tabBar())})
        named->setAccessibleName(tr("Parts of the faithfulness"));
}

void FaithfulnessView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_model->sheet()->watch(this, true);
}

void FaithfulnessView::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_model->sheet()->watch(this, false);
}

void FaithfulnessView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
