// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/column_bars.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

// Numbers with what they are counted in.
class UnitTicker : public QCPAxisTicker {
public:
    explicit UnitTicker(const QString& unit) : m_unit(unit) {}

protected:
    QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override
    {
        return QCPAxisTicker::getTickLabel(tick, locale, format, precision) + m_unit;
    }

private:
    QString m_unit;
};

} // namespace

ColumnBars::ColumnBars(QWidget* parent)
    : Chart(parent), m_filled(new QCPBars(plot().xAxis, plot().yAxis)),
      m_hatched(new QCPBars(plot().xAxis, plot().yAxis)), m_frame(new QCPBars(plot().xAxis, plot().yAxis)),
      m_level(new QCPItemStraightLine(&plot())), m_levelName(new QCPItemText(&plot()))
{
    setFocusPolicy(Qt::StrongFocus);
    m_filled->setPen(Qt::NoPen);
    for (QCPBars* bars : {m_filled, m_hatched, m_frame}) bars->setAntialiased(false); // no seams between them
    m_frame->setBrush(Qt::NoBrush);
    m_frame->setWidth(1);
    m_levelName->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    m_levelName->setPadding({3, 0, 3, 0});
    setLevel(std::nan(""));
    setUnit({});
    plot().axisRect()->setMinimumMargins({0, 6, 14, 0});
    ColumnBars::style();
}

void ColumnBars::style()
{
    const QPalette colors = QGuiApplication::palette();
    QColor ground = colors.color(QPalette::Base);
    ground.setAlpha(200);
    bare(plot().xAxis);
    plot().xAxis->setBasePen(colors.color(QPalette::Mid));
    plot().yAxis->setBasePen(Qt::NoPen);
    plot().yAxis->setSubTicks(false);
    plot().yAxis->setTickPen(Qt::NoPen);
    m_hatched->setBrush(hatch(colors));
    m_level->setPen(QPen(colors.color(QPalette::Text), 1, Qt::DashLine));
    m_levelName->setColor(colors.color(QPalette::Text));
    m_levelName->setBrush(ground);
    m_levelName->setFont(font());
}

void ColumnBars::setUnit(const QString& unit)
{
    auto ticker = QSharedPointer<UnitTicker>::create(unit);
    ticker->setTickCount(3);
    plot().yAxis->setTicker(ticker);
}

void ColumnBars::setLook(const QColor& filled, const QPen& frame)
{
    m_filled->setBrush(filled);
    m_frame->setPen(frame);
}

void ColumnBars::setColumns(std::vector<Column> columns, double low, double high)
{
    m_columns = std::move(columns);
    plot().xAxis->setRange(-0.5, std::max(1, count()) - 0.5);
    plot().yAxis->setRange(low, high);
    redraw();
}

// Above the line, below it where the chart ends.
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
    m_below = {left, middle, right};
    redraw();
}

// Bars with a gap between them, where they are wide enough for one.
void ColumnBars::fit()
{
    Chart::fit();
    const double wide = plot().axisRect()->width() / std::max(1.0, double(count()));
    QVector<double> filled, filledValues, hatched, hatchedValues;
    for (int i = 0; i < count(); ++i) {
        const Column& column = m_columns[std::size_t(i)];
        (column.hatched ? hatched : filled) << i;
        (column.hatched ? hatchedValues : filledValues) << column.value;
    }
    m_filled->setData(filled, filledValues, true);
    m_hatched->setData(hatched, hatchedValues, true);
    for (QCPBars* bars : {m_filled, m_hatched}) bars->setWidth(wide > 3 ? 1 - 1 / wide : 1);
    const QPen edge(QGuiApplication::palette().color(QPalette::PlaceholderText));
    m_hatched->setPen(wide > 4 ? edge : QPen(Qt::NoPen));
    const bool none = chosen() < 0 || chosen() >= count();
    const QCPRange range = plot().yAxis->range();
    m_frame->setBaseValue(range.lower);
    m_frame->setData({double(chosen())}, {range.size()}, true);
    m_frame->setVisible(!none);
    auto words = QSharedPointer<QCPAxisTickerText>::create();
    const double last = std::max(0, count() - 1), places[]{0, last / 2, last};
    const auto shortened = [this](const QString& text) {
        return fontMetrics().elidedText(text, Qt::ElideRight, plot().axisRect()->width());
    };
    for (qsizetype i = 0; i < m_below.size(); ++i)
        if (!m_below[i].isEmpty()) words->addTick(places[i], shortened(m_below[i]));
    plot().xAxis->setTicker(words);
}

int ColumnBars::barAt(const QPointF& point) const
{
    const QRect area = plot().axisRect()->rect();
    if (count() == 0 || point.y() < area.top() || point.y() > area.bottom()) return -1;
    return std::clamp(int(std::lround(plot().xAxis->pixelToCoord(point.x()))), 0, count() - 1);
}

QString ColumnBars::tipAt(const QPointF& point) const
{
    const int bar = barAt(point);
    return bar < 0 ? QString() : textOf(bar);
}

void ColumnBars::mousePressEvent(QMouseEvent* event)
{
    const int bar = barAt(plot().mapFrom(this, event->position()));
    if (bar >= 0 && event->button() == Qt::LeftButton) choose(bar);
}

void ColumnBars::keyPressEvent(QKeyEvent* event)
{
    const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (by == 0) return QWidget::keyPressEvent(event);
    if (count() > 0) choose(chosen() < 0 ? 0 : std::clamp(chosen() + by, 0, count() - 1));
}

} // namespace headlens
