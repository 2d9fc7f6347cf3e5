// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/share_bars.h"

#include <QKeyEvent>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kChart = 110; // pixels

QString percent(double share)
{
    return QString::number(100 * share, 'f', 1) + QStringLiteral(" %");
}

} // namespace

ShareBars::ShareBars(TrainingRecordPtr record, int bars, QWidget* parent)
    : ColumnBars(parent), m_record(std::move(record)), m_bars(std::size_t(bars)), m_highest(1.0 / count())
{
    setHeights(kChart, 1);
    for (int step = 0; step <= m_record->last(); ++step)
        m_highest = std::max(m_highest, std::ranges::max(sharesAt(this->bars(), step)));
    m_highest *= 1.05;
    setPosition(m_record->last());
    tell();
}

void ShareBars::setPosition(double position)
{
    const bool newStep = stepAt(position) != stepAt(m_position);
    m_position = position;
    m_shares = sharesAt(bars(), position);
    draw();
    if (newStep) tell();
}

void ShareBars::draw()
{
    std::vector<Column> columns;
    for (const double share : m_shares) columns.push_back({share});
    setColumns(columns, 0, m_highest);
    setWordsBelow(QStringLiteral("1"), m_chosen < 0 ? QString() : textOf(m_chosen), QString::number(count()));
}

QString ShareBars::nameOf(int bar) const
{
    return tr("bar %1 of %2").arg(bar + 1).arg(count());
}

QString ShareBars::textOf(int bar) const
{
    return QStringLiteral("%1: %2").arg(nameOf(bar), percent(m_shares[std::size_t(bar)]));
}

QStringList ShareBars::parts() const
{
    const ShareWords words = wordsOf(sharesAt(bars(), stepAt(m_position)));
    if (words.where < 0) return {tr("all bars are 0")};
    return {tr("entropy %1 bits of at most %2").arg(words.entropy, 0, 'f', 2).arg(words.most, 0, 'f', 2),
            tr("largest share %1 (%2)").arg(percent(words.largest), nameOf(words.where))};
}

QString ShareBars::sentence() const
{
    return parts().join(QStringLiteral(", "));
}

void ShareBars::choose(int bar)
{
    m_chosen = bar;
    draw();
    tell();
}

void ShareBars::tell()
{
    const QString name = QString::fromStdString(bars().name);
    QStringList heading = QStringList{name} + parts();
    while (heading.size() < 3) heading << QString(); // the chart stays where it is
    setHeading(heading);
    setLevel(1.0 / count(), tr("all equal: %1").arg(percent(1.0 / count())));
    setAccessibleName(tr("Distribution over the training: %1").arg(name));
    setAccessibleDescription((m_chosen < 0 ? QString() : textOf(m_chosen) + QStringLiteral(". ")) + sentence());
}

void ShareBars::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) return choose(-1);
    ColumnBars::keyPressEvent(event);
}

void ShareBars::focusOutEvent(QFocusEvent* event)
{
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason) choose(-1);
    QWidget::focusOutEvent(event);
}

} // namespace headlens
