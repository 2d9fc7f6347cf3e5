// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/sanity_page.h"

#include "widgets/explain/explain_words.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_sheet.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kSame = 0.5; // a map that is as much like its own of a random model depends little on what was learnt

} // namespace

SanityBars::SanityBars(MethodSheet* sheet, QWidget* parent)
    : Chart(parent), m_sheet(sheet), m_bars(new QCPBars(plot().xAxis, plot().yAxis))
{
    setFocusPolicy(Qt::StrongFocus);
    plot().setMinimumWidth(120);
    plot().axisRect()->setMinimumMargins({0, 8, 12, 0});
    plot().yAxis->setRange(-1, 1);
    m_bars->setWidth(0.7);
    QSharedPointer<QCPAxisTickerFixed> whole(new QCPAxisTickerFixed); // there are no half blocks
    whole->setTickStep(1);
    whole->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    plot().xAxis->setTicker(whole);
    plot().xAxis->setSubTicks(false);
    connect(m_sheet, &MethodSheet::changed, this, &SanityBars::tell);
    SanityBars::style();
    tell();
}

void SanityBars::style()
{
    const QColor accent = QGuiApplication::palette().color(QPalette::Highlight);
    m_bars->setPen(QPen(accent));
    m_bars->setBrush(accent);
}

void SanityBars::tell()
{
    const SheetCheck& check = m_sheet->check();
    QVector<double> blocks, values;
    QStringList said;
    for (std::size_t i = 0; i < check.correlations.size(); ++i) {
        blocks << double(i);
        values << check.correlations[i];
        said << tr("%1 blocks: %2").arg(i).arg(check.correlations[i], 0, 'f', 2);
    }
    m_bars->setData(blocks, values, true);
    plot().xAxis->setRange(-0.6, std::max(1, check.blocks) + 0.6);
    const double lowest = values.isEmpty() ? 0 : *std::ranges::min_element(values);
    plot().yAxis->setRange(std::min(0.0, 1.1 * lowest), 1.05);
    plot().xAxis->setLabel(tr("last blocks whose weights are shuffled, beside the head"));
    setHeading({tr("Rank correlation with the map of the trained model")});
    setAccessibleName(tr("Rank correlation by the number of shuffled blocks"));
    setAccessibleDescription(said.join(QStringLiteral("; ")));
    redraw();
}

QString SanityBars::tipAt(const QPointF& point) const
{
    const auto at = std::lround(plot().xAxis->pixelToCoord(point.x()));
    const auto& all = m_sheet->check().correlations;
    if (at < 0 || std::size_t(at) >= all.size()) return {};
    return tr("%1 blocks: %2").arg(at).arg(all[std::size_t(at)], 0, 'f', 2);
}

SanityPage::SanityPage(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_sheet(model->sheet()), m_selection(selection), m_start(new QPushButton),
      m_progress(new QProgressBar), m_bars(new SanityBars(model->sheet())), m_sentence(new QLabel)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGap, kGap, kGap, kGap);
    layout->setSpacing(kGap);
    auto* row = new QHBoxLayout;
    row->addWidget(m_start);
    row->addWidget(m_progress, 1);
    layout->addLayout(row);
    layout->addWidget(m_bars, 1);
    layout->addWidget(m_sentence);
    m_sentence->setWordWrap(true);
    m_progress->setTextVisible(false);
    connect(m_start, &QPushButton::clicked, this, &SanityPage::press);
    connect(m_sheet, &MethodSheet::changed, this, &SanityPage::follow);
    connect(m_selection, &Selection::mapChanged, this, &SanityPage::follow);
    follow();
}

bool SanityPage::isOfMap() const
{
    return m_sheet->check().method == m_selection->map();
}

void SanityPage::press()
{
    if (m_sheet->check().isRunning)
        m_sheet->stopCheck();
    else
        m_sheet->startCheck(m_selection->map());
}

QString SanityPage::sentence() const
{
    const SheetCheck& check = m_sheet->check();
    if (!check.why.isEmpty()) return check.why;
    if (check.correlations.empty())
        return tr("A map that explains the model must change when what it has learnt is replaced: the weights are "
                  "shuffled from the head down, block by block.");
    const QString title = methodTitle(*m_model, check.method);
    if (check.left() > 0)
        return tr("%1: %2 of %3 steps.").arg(title).arg(check.correlations.size()).arg(check.blocks + 1);
    const double last = check.correlations.back();
    return std::abs(last) > kSame
               ? tr("%1 hardly depends on what the model has learnt: with all weights shuffled the correlation is "
                    "still %2. It says more of the picture than of the model.")
                     .arg(title)
                     .arg(last, 0, 'f', 2)
               : tr("%1 depends on what the model has learnt: with all weights shuffled the correlation is %2.")
                     .arg(title)
                     .arg(last, 0, 'f', 2);
}

void SanityPage::follow()
{
    const SheetCheck& check = m_sheet->check();
    const verbs::MethodInfo* method = m_model->map()->method(m_selection->map());
    const bool allowed = method != nullptr && m_sheet->tile(m_selection->map()) != nullptr;
    m_start->setText(check.isRunning ? tr("Stop")
                     : allowed       ? tr("Check %1").arg(methodTitle(*m_model, m_selection->map()))
                                     : tr("Check"));
    m_start->setAccessibleDescription(tr("Shuffles the weights from the head down and compares the maps"));
    m_start->setEnabled(check.isRunning || allowed);
    m_start->setToolTip(allowed ? QString() : tr("Choose a method in the sheet first"));
    m_progress->setAccessibleName(tr("Progress of the check"));
    m_progress->setRange(0, check.blocks + 1);
    m_progress->setValue(int(check.correlations.size()));
    m_progress->setVisible(check.isRunning);
    QString said = sentence();
    if (!check.method.isEmpty() && !isOfMap() && !check.isRunning && allowed)
        said += QLatin1Char(' ') + tr("The canvas shows another method.");
    if (m_sentence->text() != said) m_sentence->setText(said);
}

void SanityPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) follow();
    QWidget::changeEvent(event);
}

} // namespace headlens
