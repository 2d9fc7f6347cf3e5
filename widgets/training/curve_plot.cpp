// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/curve_plot.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/plots/chart_legend.h"

#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

constexpr int kLowest = 90; // pixels of the axes
// Told apart by their dashes as well; blue and red are those of every other view.
constexpr std::array<QRgb, 6> kColors{qRgb(0, 114, 178),   qRgb(213, 94, 0),  qRgb(0, 158, 115),
                                      qRgb(204, 121, 167), qRgb(204, 142, 0), qRgb(86, 160, 213)};

// 0, 1, 3, 10, 30 ... on an axis that grows by doubling.
QSharedPointer<QCPAxisTickerText> doublingTicks(const TrainingRecord& record)
{
    QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    const auto add = [&](qint64 step) {
        if (step >= record.steps.front() && step <= record.steps.back())
            ticker->addTick(record.axisOf(double(step)), QLocale().toString(step));
    };
    add(0);
    constexpr qint64 kLargest = qint64(1e18); // ten times more would overflow
    for (qint64 step = 1; step <= record.steps.back() && step < kLargest; step *= 10) add(step);
    return ticker;
}

} // namespace

CurvePlot::CurvePlot(TrainingRecordPtr record, int panel, QWidget* parent)
    : Chart(parent), m_record(std::move(record)), m_panel(std::size_t(panel)), m_line(new QCPItemStraightLine(&plot()))
{
    auto* title = new QLabel(this->panel().name);
    title->setWordWrap(true);
    static_cast<QVBoxLayout*>(layout())->insertWidget(0, title);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::SizeHorCursor);
    buildAxes();
    buildCurves();
    buildLevels();
    style();
    tell();
    setPosition(m_record->last());
}

void CurvePlot::buildAxes()
{
    const TrainingRecord& record = *m_record;
    plot().setLocale(QLocale());
    QCPAxis *x = plot().xAxis, *y = plot().yAxis;
    x->setNumberFormat(QStringLiteral("f"));
    x->setNumberPrecision(0);
    const double first = record.axisAt(0), last = record.axisAt(record.last());
    const double side = std::max(0.02 * (last - first), last > first ? 0.0 : 1.0);
    x->setRange(first - side, last + side);
    x->ticker()->setTickCount(4);
    if (record.isLogarithmic()) x->setTicker(doublingTicks(record));
    constexpr double kWholeSteps = 6; // fewer would be told with fractions
    if (!record.isLogarithmic() && last - first < kWholeSteps) {
        QSharedPointer<QCPAxisTickerFixed> whole(new QCPAxisTickerFixed);
        whole->setTickStep(1);
        x->setTicker(whole);
    }
    if (record.last() == 0) { // one step, and none beside it
        QSharedPointer<QCPAxisTickerText> alone(new QCPAxisTickerText);
        alone->addTick(first, QLocale().toString(qlonglong(record.steps[0])));
        x->setTicker(alone);
    }
    const double low = panel().low >= 0 && panel().low < 0.4 * panel().high ? 0 : panel().low;
    const double room = std::max({panel().high - low, 0.05 * std::abs(low), 1e-9}) * 0.07; // also around a line
    y->setRange(low == 0 ? 0 : low - room, panel().high + room);
    y->setNumberFormat(QStringLiteral("g"));
    y->setNumberPrecision(4);
    y->ticker()->setTickCount(4);
    // The same for all panels, so that steps stand above each other.
    const int left = fontMetrics().horizontalAdvance(QStringLiteral("-0.0000")) + 10;
    plot().axisRect()->setMinimumSize(100, kLowest);
    plot().axisRect()->setAutoMargins(QCP::msBottom | QCP::msTop | QCP::msRight);
    plot().axisRect()->setMargins(QMargins(left, 6, 14, 2 * (fontMetrics().height() + 3)));
    plot().axisRect()->setMinimumMargins(QMargins(left, 6, 14, 0));
}

QPen CurvePlot::penOf(int curve)
{
    static constexpr std::array kDashes{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    return {QColor(kColors[std::size_t(curve) % kColors.size()]), 2.0, kDashes[std::size_t(curve) % kDashes.size()]};
}

// What moves lies on a layer of its own: a step repaints that alone.
void CurvePlot::buildCurves()
{
    QVector<double> keys;
    for (const std::int64_t step : m_record->steps) keys << m_record->axisOf(double(step));
    std::vector<QCPAbstractPlottable*> curves;
    QStringList names;
    const auto count = int(panel().curves.size());
    for (int i = 0; i < count; ++i) {
        const verbs::HistoryCurve& curve = panel().curves[std::size_t(i)];
        QCPGraph* graph = plot().addGraph();
        graph->setPen(penOf(i));
        graph->setData(keys, QVector<double>(curve.values.begin(), curve.values.end()), true);
        curves.push_back(graph);
        names << QString::fromStdString(curve.name);
    }
    for (int i = 0; i < count; ++i) {
        QCPGraph* mark = plot().addGraph();
        mark->setLayer(QStringLiteral("overlay"));
        mark->setLineStyle(QCPGraph::lsNone);
        mark->setScatterStyle({QCPScatterStyle::ssDisc, QColor(penOf(i).color()), 7});
        m_marks.push_back(mark);
    }
    m_line->setLayer(QStringLiteral("overlay"));
    legend().set(curves, names);
}

void CurvePlot::buildLevels()
{
    const double middle = plot().yAxis->range().center();
    for (std::size_t i = 0; i < panel().levels.size(); ++i) {
        const verbs::HistoryLevel& level = panel().levels[i];
        auto* line = new QCPItemStraightLine(&plot());
        line->point1->setCoords(0, level.value);
        line->point2->setCoords(1, level.value);
        auto* name = new QCPItemText(&plot());
        name->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
        name->position->setTypeY(QCPItemPosition::ptPlotCoords);
        const bool right = i % 2 == 0; // two levels may lie close together
        name->position->setCoords(right ? 0.99 : 0.01, level.value);
        // Towards the middle, where there is room.
        name->setPositionAlignment((right ? Qt::AlignRight : Qt::AlignLeft) |
                                   (level.value > middle ? Qt::AlignTop : Qt::AlignBottom));
        name->setText(QString::fromStdString(level.name) + QLatin1Char(' ') + fixedNumber(level.value, panel().digits));
        name->setPadding(QMargins(3, 1, 3, 1));
        name->setClipToAxisRect(true);
        m_levels.push_back(line);
        m_levelNames.push_back(name);
    }
}

void CurvePlot::style()
{
    const QColor text = QGuiApplication::palette().color(QPalette::Text);
    QColor ground = QGuiApplication::palette().color(QPalette::Base);
    ground.setAlpha(200);
    m_line->setPen(QPen(text, 1));
    for (QCPItemStraightLine* level : m_levels) level->setPen(QPen(text, 1, Qt::DashLine));
    for (QCPItemText* name : m_levelNames) {
        name->setColor(text);
        name->setBrush(ground);
    }
}

void CurvePlot::setPosition(double position)
{
    if (position == m_position) return;
    const bool newStep = stepAt(position) != stepAt(m_position) || m_position < 0;
    m_position = position;
    const double x = m_record->axisAt(position);
    m_line->point1->setCoords(x, 0);
    m_line->point2->setCoords(x, 1);
    for (std::size_t i = 0; i < m_marks.size(); ++i)
        m_marks[i]->setData({x}, {valueAt(panel().curves[i].values, position)}, true);
    redraw(true);
    if (!newStep) return;
    QStringList values;
    for (const verbs::HistoryCurve& curve : panel().curves)
        values << fixedNumber(curve.values[std::size_t(stepAt(position))], panel().digits);
    const double largest = std::max(std::abs(panel().low), std::abs(panel().high));
    legend().setValues(values, QLatin1Char('-') + fixedNumber(largest, panel().digits));
    setAccessibleDescription(sentence());
}

QStringList CurvePlot::values() const
{
    return legend().values();
}

QString CurvePlot::linesAt(int step) const
{
    QString lines = tr("step %1").arg(QLocale().toString(qlonglong(m_record->steps[std::size_t(step)])));
    for (const verbs::HistoryCurve& curve : panel().curves)
        lines +=
            QStringLiteral("\n%1: %2")
                .arg(QString::fromStdString(curve.name), fixedNumber(curve.values[std::size_t(step)], panel().digits));
    for (const verbs::HistoryLevel& level : panel().levels)
        lines += QStringLiteral("\n%1: %2")
                     .arg(QString::fromStdString(level.name), fixedNumber(level.value, panel().digits));
    return lines;
}

QString CurvePlot::sentence() const
{
    return linesAt(std::clamp(stepAt(m_position), 0, m_record->last())).replace(QLatin1Char('\n'), QLatin1String("; "));
}

// Not from the legend.
int CurvePlot::stepUnder(const QPointF& point) const
{
    if (!plot().axisRect()->outerRect().contains(point.toPoint())) return -1;
    return m_record->nearest(plot().xAxis->pixelToCoord(point.x()));
}

void CurvePlot::mousePressEvent(QMouseEvent* event)
{
    const int step = stepUnder(plot().mapFrom(this, event->position()));
    m_drags = event->button() == Qt::LeftButton && step >= 0;
    if (m_drags) Q_EMIT stepChosen(step);
}

void CurvePlot::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_drags || (event->buttons() & Qt::LeftButton) == 0) return;
    const double x = plot().mapFrom(this, event->position()).x(); // past the edge: the end
    Q_EMIT stepChosen(m_record->nearest(plot().xAxis->pixelToCoord(x)));
}

void CurvePlot::tell()
{
    plot().xAxis->setLabel(m_record->isLogarithmic() ? tr("step of the training (logarithmic)")
                                                     : tr("step of the training"));
    setAccessibleName(tr("Curves over the training: %1").arg(panel().name));
    if (m_position >= 0) setAccessibleDescription(sentence());
    redraw();
}

QString CurvePlot::tipAt(const QPointF& point) const
{
    const int step = stepUnder(point);
    return step < 0 ? QString() : linesAt(step);
}

} // namespace headlens
