// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/bar_rows.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/plots/chart_legend.h"

#include <QGuiApplication>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kWide = 0.72;        // of a row
constexpr QChar kFigureSpace(0x2007); // as wide as a digit
constexpr int kUnbounded = 16000;     // pixels
constexpr double kMostWords = 0.45;   // of the width: the bars want room as well

} // namespace

BarRows::BarRows(Kind kind, QWidget* parent)
    : Chart(parent), m_kind(kind), m_track(addBars(kWide)), m_first(addBars(kind == Kind::Pair ? kWide / 2 : kWide))
{
    if (kind == Kind::Pair) m_second = addBars(kWide / 2);
    plot().xAxis->setVisible(false);
    for (QCPAxis* axis : {plot().yAxis, plot().yAxis2}) {
        axis->setRangeReversed(true); // the first row is the topmost
        axis->setTickLabelPadding(6);
    }
    BarRows::style();
    setRows({}, 1);
}

QCPBars* BarRows::addBars(double wide)
{
    auto* bars = new QCPBars(plot().yAxis, plot().xAxis);
    bars->setPen(Qt::NoPen);
    bars->setWidth(wide);
    return bars;
}

void BarRows::style()
{
    const QPalette colors = QGuiApplication::palette();
    QColor faint = colors.color(QPalette::WindowText);
    faint.setAlpha(30);
    for (QCPAxis* axis : {plot().yAxis, plot().yAxis2}) {
        bare(axis);
        axis->setTickLabelColor(colors.color(QPalette::WindowText));
    }
    plot().axisRect()->setBackground(Qt::NoBrush);
    m_track->setBrush(faint);
    m_first->setBrush(m_kind == Kind::Pair ? QColor(kPositive) : colors.color(QPalette::Highlight));
    if (m_empty != nullptr) {
        m_empty->setTextColor(colors.color(QPalette::PlaceholderText));
        m_empty->setFont(font());
    }
    if (m_second == nullptr) return;
    m_second->setBrush(QBrush(QColor(kNegative), Qt::Dense4Pattern));
    m_second->setPen(QPen(QColor(kNegative)));
}

void BarRows::setRows(const std::vector<Row>& rows, double highest)
{
    m_rows = rows;
    m_highest = highest > 0 ? highest : 1;
    const int shown = m_room < 0 ? int(rows.size()) : m_room;
    for (QCPAxis* axis : {plot().yAxis, plot().yAxis2}) axis->setRange(-0.5, std::max(1, shown) - 0.5);
    plot().xAxis->setRange(0, m_highest);
    setHeights(int(shown * lineHeight()));
}

void BarRows::setRoom(int rows)
{
    m_room = rows;
    setRows(std::vector<Row>(m_rows), m_highest);
}

void BarRows::setNames(const QString& first, const QString& second)
{
    legend().set({m_first, m_second}, {first, second});
}

void BarRows::setEmptyText(const QString& text)
{
    if (m_empty == nullptr) {
        m_empty = new QCPTextElement(&plot());
        m_empty->setTextFlags(int(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap);
        m_empty->setMargins({});
        m_empty->setMinimumSize(1, 1); // wrapped, not as wide as its words
        m_empty->setMaximumSize(kUnbounded, kUnbounded);
        plot().axisRect()->insetLayout()->setMargins({});
        plot().axisRect()->insetLayout()->addElement(m_empty, QRectF(0, 0, 1, 1));
        style();
    }
    m_empty->setText(text);
}

void BarRows::fit()
{
    Chart::fit();
    const int shown = m_room < 0 ? int(m_rows.size()) : std::min(m_room, int(m_rows.size()));
    auto names = QSharedPointer<QCPAxisTickerText>::create(), numbers = QSharedPointer<QCPAxisTickerText>::create();
    qsizetype longest = 0;
    for (const Row& row : m_rows) longest = std::max(longest, row.number.size());
    QVector<double> keys, tracks, first, second;
    for (int i = 0; i < shown; ++i) {
        const Row& row = m_rows[std::size_t(i)];
        names->addTick(i, fontMetrics().elidedText(row.name, Qt::ElideRight, int(kMostWords * plot().width())));
        numbers->addTick(i, row.number.rightJustified(longest, kFigureSpace));
        keys << i;
        tracks << m_highest;
        first << row.value;
        second << row.second;
    }
    plot().yAxis->setTicker(names);
    plot().yAxis2->setTicker(numbers);
    m_track->setData(keys, tracks, true);
    const auto beside = [&keys](double by) {
        QVector<double> moved = keys;
        for (double& key : moved) key += by;
        return moved;
    };
    const double quarter = m_second == nullptr ? 0 : kWide / 4;
    m_first->setData(beside(-quarter), first, true);
    if (m_second != nullptr) m_second->setData(beside(quarter), second, true);
    for (QCPAxis* axis : {plot().yAxis, plot().yAxis2}) axis->setVisible(!m_rows.empty());
    if (m_empty != nullptr) m_empty->setVisible(m_rows.empty());
}

QString BarRows::tipAt(const QPointF& point) const
{
    const int row = int(std::lround(plot().yAxis->pixelToCoord(point.y())));
    if (row < 0 || row >= int(m_rows.size()) || !plot().axisRect()->outerRect().contains(point.toPoint())) return {};
    return m_rows[std::size_t(row)].name + QLatin1String(": ") + m_rows[std::size_t(row)].number;
}

} // namespace headlens
