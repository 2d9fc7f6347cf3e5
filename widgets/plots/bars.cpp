// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/bars.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/plots/chart_legend.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr int kEdged = 100;                       // more columns are too thin for edges
constexpr double kWide = 0.72, kMostWords = 0.45; // of a row; of the width: the bars want room as well
constexpr int kUnbounded = 16000;                 // pixels
constexpr QChar kFigureSpace(0x2007);             // as wide as a digit

QCPBars* addBars(QCPAxis* along, QCPAxis* value, double wide)
{
    auto* bars = new QCPBars(along, value);
    bars->setAntialiased(false); // no seams between them
    bars->setPen(Qt::NoPen);
    bars->setWidth(wide);
    return bars;
}

} // namespace

ColumnBars::ColumnBars(QWidget* parent)
    : Chart(parent), m_filled(addBars(plot().xAxis, plot().yAxis, 1)),
      m_hatched(addBars(plot().xAxis, plot().yAxis, 1)), m_frame(addBars(plot().xAxis, plot().yAxis, 1)),
      m_level(new QCPItemStraightLine(&plot())), m_levelName(new QCPItemText(&plot()))
{
    setFocusPolicy(Qt::StrongFocus);
    m_frame->setBrush(Qt::NoBrush);
    m_frame->setPen(QPen(QColor(255, 90, 60), 2)); // as chosen tokens are framed elsewhere
    m_levelName->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    m_levelName->setPadding({3, 0, 3, 0});
    plot().yAxis->ticker()->setTickCount(3);
    setWordsBelow({}, {}, {});
    plot().axisRect()->setMinimumMargins({0, 6, 14, 8});
}

void ColumnBars::style()
{
    const QPalette colors = QGuiApplication::palette();
    QColor ground = colors.color(QPalette::Base);
    m_filled->setBrush(colors.color(QPalette::Highlight));
    m_filled->setPen(m_count > kEdged ? QPen(Qt::NoPen) : QPen(ground));
    m_hatched->setPen(m_count > kEdged ? QPen(Qt::NoPen) : QPen(colors.color(QPalette::PlaceholderText)));
    m_hatched->setBrush(hatch(colors));
    ground.setAlpha(200);
    for (QCPAxis* axis : {plot().xAxis, plot().yAxis}) bare(axis);
    plot().xAxis->setBasePen(colors.color(QPalette::Mid));
    plot().yAxis->grid()->setVisible(true);
    m_level->setPen(QPen(colors.color(QPalette::Text), 1, Qt::DashLine));
    m_levelName->setColor(colors.color(QPalette::Text));
    m_levelName->setBrush(ground);
    m_levelName->setFont(font());
}

void ColumnBars::setColumns(const std::vector<Column>& columns, double low, double high)
{
    m_count = int(columns.size());
    QVector<double> filled, filledValues, hatched, hatchedValues;
    for (int i = 0; i < m_count; ++i) {
        const Column& column = columns[std::size_t(i)];
        (column.hatched ? hatched : filled) << i;
        (column.hatched ? hatchedValues : filledValues) << column.value;
    }
    m_filled->setData(filled, filledValues, true);
    m_hatched->setData(hatched, hatchedValues, true);
    m_frame->setBaseValue(low);
    m_frame->setData({double(chosen())}, {high - low}, true);
    m_frame->setVisible(chosen() >= 0);
    plot().xAxis->setRange(-0.5, std::max(1, m_count) - 0.5);
    plot().yAxis->setRange(low, high);
    ColumnBars::style();
    redraw();
}

// Named above the line, below it where the chart ends.
void ColumnBars::setLevel(double value, const QString& name)
{
    m_level->setVisible(std::isfinite(value));
    m_levelName->setVisible(std::isfinite(value) && !name.isEmpty());
    if (!std::isfinite(value)) return;
    m_level->point1->setCoords(0, value);
    m_level->point2->setCoords(1, value);
    const bool above = value < 0.75 * plot().yAxis->range().upper;
    m_levelName->position->setCoords(1, value);
    m_levelName->setPositionAlignment(Qt::AlignRight | (above ? Qt::AlignBottom : Qt::AlignTop));
    m_levelName->setText(name);
}

void ColumnBars::setWordsBelow(const QString& left, const QString& middle, const QString& right)
{
    auto words = QSharedPointer<QCPAxisTickerText>::create();
    words->addTicks({0, (m_count - 1) / 2.0, m_count - 1.0}, {left, middle, right});
    plot().xAxis->setTicker(words);
}

int ColumnBars::columnAt(const QPointF& point) const
{
    const QRect area = plot().axisRect()->rect();
    if (m_count == 0 || point.y() < area.top() || point.y() > area.bottom()) return -1;
    return std::clamp(int(std::lround(plot().xAxis->pixelToCoord(point.x()))), 0, m_count - 1);
}

QString ColumnBars::tipAt(const QPointF& point) const
{
    const int bar = columnAt(point);
    return bar < 0 ? QString() : textOf(bar);
}

void ColumnBars::mousePressEvent(QMouseEvent* event)
{
    const int bar = columnAt(plot().mapFrom(this, event->position()));
    if (bar >= 0 && event->button() == Qt::LeftButton) choose(bar);
}

void ColumnBars::keyPressEvent(QKeyEvent* event)
{
    const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (by == 0) return QWidget::keyPressEvent(event);
    if (m_count > 0) choose(chosen() < 0 ? 0 : std::clamp(chosen() + by, 0, m_count - 1));
}

BarRows::BarRows(bool pairs, QWidget* parent)
    : Chart(parent), m_track(addBars(plot().yAxis, plot().xAxis, kWide)),
      m_first(addBars(plot().yAxis, plot().xAxis, pairs ? kWide / 2 : kWide)),
      m_second(addBars(plot().yAxis, plot().xAxis, kWide / 2)), m_pairs(pairs)
{
    plot().xAxis->setVisible(false);
    for (QCPAxis* axis : {plot().yAxis, plot().yAxis2}) {
        axis->setRangeReversed(true); // the first row is the topmost
        axis->setTickLabelPadding(6);
    }
    BarRows::style();
    setRows({}, 1);
}

void BarRows::style()
{
    const QPalette colors = QGuiApplication::palette();
    QColor faint = colors.color(QPalette::WindowText);
    for (QCPAxis* axis : {plot().yAxis, plot().yAxis2}) {
        bare(axis);
        axis->setTickLabelColor(faint);
    }
    faint.setAlpha(30);
    plot().axisRect()->setBackground(Qt::NoBrush);
    m_track->setBrush(faint);
    m_first->setBrush(m_pairs ? QColor(kPositive) : colors.color(QPalette::Highlight));
    m_second->setBrush(QBrush(QColor(kNegative), Qt::Dense4Pattern));
    m_second->setPen(QColor(kNegative));
    if (m_empty == nullptr) return;
    m_empty->setTextColor(colors.color(QPalette::PlaceholderText));
    m_empty->setFont(font());
}

void BarRows::setRows(const std::vector<Row>& rows, double highest)
{
    m_rows = rows;
    const int shown = m_room < 0 ? int(rows.size()) : m_room;
    QVector<double> keys, first, second, firstKeys, secondKeys;
    for (int i = 0; i < std::min(shown, int(rows.size())); ++i) {
        keys << i;
        firstKeys << i - (m_pairs ? kWide / 4 : 0);
        secondKeys << i + kWide / 4;
        first << rows[std::size_t(i)].value;
        second << rows[std::size_t(i)].second;
    }
    plot().xAxis->setRange(0, highest > 0 ? highest : 1);
    m_track->setData(keys, QVector<double>(keys.size(), plot().xAxis->range().upper), true);
    m_first->setData(firstKeys, first, true);
    m_second->setData(secondKeys, second, true);
    m_second->setVisible(m_pairs);
    for (QCPAxis* axis : {plot().yAxis, plot().yAxis2}) axis->setRange(-0.5, std::max(1, shown) - 0.5);
    setHeights(shown * (fontMetrics().height() + 4));
}

void BarRows::setRoom(int rows)
{
    m_room = rows;
    tell();
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
        BarRows::style();
    }
    m_empty->setText(text);
}

void BarRows::fit()
{
    Chart::fit();
    qsizetype longest = 0;
    for (const Row& row : m_rows) longest = std::max(longest, row.number.size());
    auto names = QSharedPointer<QCPAxisTickerText>::create(), numbers = QSharedPointer<QCPAxisTickerText>::create();
    for (int i = 0; i < int(m_rows.size()); ++i) {
        const Row& row = m_rows[std::size_t(i)];
        names->addTick(i, fontMetrics().elidedText(row.name, Qt::ElideRight, int(kMostWords * plot().width())));
        numbers->addTick(i, row.number.rightJustified(longest, kFigureSpace));
    }
    plot().yAxis->setTicker(names);
    plot().yAxis2->setTicker(numbers);
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
