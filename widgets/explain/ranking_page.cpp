// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/ranking_page.h"

#include "widgets/explain/explain_words.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/method_sheet.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

struct Ranked {
    QString method, title;
    double deletion, insertion;
    double difference() const { return insertion - deletion; }
};

enum Column { kPlace, kMethod, kInsertion, kDeletion, kDifference, kColumns };

QTreeWidgetItem* lineOf(const Ranked& one, int place)
{
    auto* item = new QTreeWidgetItem({QString::number(place), one.title, areaText(one.insertion),
                                      areaText(one.deletion), areaText(one.difference())});
    item->setData(0, Qt::UserRole, one.method);
    for (const int column : {kPlace, kInsertion, kDeletion, kDifference})
        item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    item->setToolTip(kMethod, one.title);
    return item;
}

} // namespace

RankingPage::RankingPage(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_sheet(model->sheet()), m_selection(selection), m_list(new QTreeWidget),
      m_state(new QLabel), m_measure(new QPushButton)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kTight);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_state);
    layout->addWidget(m_measure, 0, Qt::AlignLeft);
    m_state->setWordWrap(true);
    m_state->setMargin(kTight);
    m_list->setColumnCount(kColumns);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(kMethod, QHeaderView::Stretch);
    m_list->header()->setMinimumSectionSize(24);
    connect(m_list, &QTreeWidget::itemActivated, this,
            [this](const QTreeWidgetItem* item) { m_selection->setMap(item->data(0, Qt::UserRole).toString()); });
    connect(m_list, &QTreeWidget::itemClicked, this,
            [this](const QTreeWidgetItem* item) { m_selection->setMap(item->data(0, Qt::UserRole).toString()); });
    connect(m_measure, &QPushButton::clicked, m_sheet, &MethodSheet::judgeAll);
    connect(m_sheet, &MethodSheet::changed, this, &RankingPage::follow);
    connect(m_selection, &Selection::mapChanged, this, &RankingPage::follow);
    follow();
}

void RankingPage::follow()
{
    std::vector<Ranked> all;
    int tiles = 0;
    for (const SheetTile& one : m_sheet->tiles()) {
        if (one.side != 0 || one.method == QLatin1String(MethodSheet::kControl)) continue;
        ++tiles;
        if (one.judged)
            all.push_back(
                {one.method, methodTitle(*m_model, one.method), one.judged->deletionArea, one.judged->insertionArea});
    }
    const int measured = int(all.size());
    if (const SheetControl& control = m_sheet->control(); !control.deletion.empty())
        all.push_back({QLatin1String(MethodSheet::kControl), tr("random (mean of %1)").arg(control.seeds),
                       control.deletionArea, control.insertionArea});
    std::ranges::stable_sort(all, std::greater<>(), &Ranked::difference);
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    int place = 0;
    for (const Ranked& one : all) {
        QTreeWidgetItem* item = lineOf(one, ++place);
        if (one.method == QLatin1String(MethodSheet::kControl))
            for (int column = 0; column < kColumns; ++column)
                item->setForeground(column, palette().brush(QPalette::PlaceholderText));
        m_list->addTopLevelItem(item);
        if (one.method == m_selection->map()) m_list->setCurrentItem(item);
    }
    m_list->setHeaderLabels({tr("#"), tr("Method"), tr("Insertion"), tr("Deletion"), tr("Difference")});
    m_list->headerItem()->setToolTip(kDifference, tr("Insertion minus deletion: how much of what a map shows matters "
                                                     "to the model"));
    m_list->setAccessibleName(tr("Methods by insertion minus deletion"));
    const double left = m_sheet->secondsToJudge();
    m_state->setText(tiles == 0         ? tr("Open a picture and a model of pictures.")
                     : measured < tiles ? tr("%1 of %2 methods are measured.").arg(measured).arg(tiles)
                                        : tr("All %1 methods are measured.").arg(tiles));
    m_measure->setText(tr("Measure the rest (about %1)").arg(secondsText(left)));
    m_measure->setVisible(left > 0);
}

void RankingPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) follow();
    QWidget::changeEvent(event);
}

} // namespace headlens
