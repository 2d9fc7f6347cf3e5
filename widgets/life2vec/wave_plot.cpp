// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/wave_plot.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/plots/chart_legend.h"
#include "widgets/viewmodel/heat_image.h"

#include <QGuiApplication>
#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

constexpr int kCurves = 76, kSamples = 400; // kCurves: pixels; kSamples: more than there are pixels

// Orange, blue, green, pink: light enough for dark grounds, dark enough for light ones.
QPen penOf(int index)
{
    static constexpr std::array kColors{0, 4, 2, 6};
    static constexpr std::array kDashes{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    const auto place = std::size_t(index) % kColors.size();
    return {headQColor(kColors[place]), 2, kDashes[place]};
}

} // namespace

WavePlot::WavePlot(Kind kind, QWidget* parent) : Chart(parent), m_kind(kind), m_line(new QCPItemStraightLine(&plot()))
{
    plot().yAxis->setRange(-1.1, 1.1);
    auto ends = QSharedPointer<QCPAxisTickerFixed>::create();
    ends->setTickStep(1);
    plot().yAxis->setTicker(ends);
    plot().axisRect()->setMinimumMargins({0, 4, 0, 0});
    setHeights(kCurves, 1);
    style();
    tell();
}

void WavePlot::style()
{
    bare(plot().xAxis);
    bare(plot().yAxis);
    plot().yAxis->grid()->setVisible(true);
    m_line->setPen(QPen(QGuiApplication::palette().color(QPalette::WindowText), 1.5));
}

void WavePlot::setWaves(const std::vector<TimeWave>& waves)
{
    m_waves = waves;
    tell();
}

void WavePlot::setRange(double low, double high)
{
    m_low = low;
    m_high = std::max(high, low + 1);
    tell();
}

void WavePlot::setMarker(std::optional<double> year)
{
    m_marker = year;
    tell();
}

// The wave, and a dot where the line crosses it.
QCPGraph* WavePlot::addWave(int index)
{
    const TimeWave& wave = m_waves[std::size_t(index)];
    QCPGraph *curve = plot().addGraph(), *dot = plot().addGraph();
    QVector<double> years, values;
    for (int sample = 0; sample <= kSamples; ++sample) {
        years << m_low + (m_high - m_low) * sample / kSamples;
        values << valueAt(wave, years.back());
    }
    curve->setPen(penOf(index));
    curve->setData(years, values, true);
    dot->setLineStyle(QCPGraph::lsNone);
    dot->setScatterStyle({QCPScatterStyle::ssDisc, penOf(index).color(), 8});
    if (isMarked()) dot->setData({*m_marker}, {valueAt(wave, *m_marker)}, true);
    return curve;
}

double WavePlot::valueAt(const TimeWave& wave, double year) const
{
    const double turned = year * wave.frequency + wave.phase;
    return m_kind == Kind::Age ? std::cos(turned) : std::sin(turned);
}

QString WavePlot::title() const
{
    return m_kind == Kind::Age ? tr("How age is encoded: cos(age·w + b)")
                               : tr("How the date is encoded: sin(date·w + b)");
}

QString WavePlot::turnText(const TimeWave& wave)
{
    if (wave.period() == 0) return tr("does not turn");
    return tr("a turn in %1 years").arg(fixedNumber(wave.period(), wave.period() < 20 ? 1 : 0));
}

QString WavePlot::markerText() const
{
    if (!m_marker) return {};
    return m_kind == Kind::Age ? tr("age %1").arg(fixedNumber(*m_marker, 1)) : fixedNumber(*m_marker, 1);
}

void WavePlot::tell()
{
    QStringList said, names, values;
    std::vector<QCPAbstractPlottable*> curves;
    if (m_marker) said << markerText();
    plot().clearGraphs();
    for (const TimeWave& wave : m_waves) {
        curves.push_back(addWave(int(curves.size())));
        names << turnText(wave);
        values << (m_marker ? fixedNumber(valueAt(wave, *m_marker), 2) : QString());
        said << (m_marker ? tr("%1: %2").arg(names.back(), values.back()) : names.back());
    }
    plot().xAxis->setRange(m_low, m_high);
    m_line->setVisible(isMarked());
    m_line->point1->setCoords(m_marker.value_or(0), 0);
    m_line->point2->setCoords(m_marker.value_or(0), 1);
    legend().set(curves, names);
    legend().setValues(values, QStringLiteral("-0.00"));
    setHeading({title()}, true);
    setAccessibleName(title());
    setAccessibleDescription(said.join(QStringLiteral("; ")));
}

// The year of the line stands below it, as near as the ends of the axis let it.
void WavePlot::fit()
{
    Chart::fit();
    auto words = QSharedPointer<QCPAxisTickerText>::create();
    words->addTick(m_low, QString::number(int(m_low)));
    words->addTick(m_high, QString::number(int(m_high)));
    const auto wide = [this](const QString& text) { return fontMetrics().horizontalAdvance(text); };
    plot().axisRect()->setMinimumMargins({0, 4, wide(QString::number(int(m_high))) / 2 + 2, 0});
    const double half = wide(markerText()) / 2.0 + wide(QString::number(int(m_high))) + 6; // pixels
    const double room = half * (m_high - m_low) / std::max(1, plot().axisRect()->width());
    if (isMarked() && m_high - m_low > 2 * room)
        words->addTick(std::clamp(*m_marker, m_low + room, m_high - room), markerText());
    plot().xAxis->setTicker(words);
}

QString WavePlot::tipAt(const QPointF&) const
{
    return title() + QLatin1Char('\n') + accessibleDescription().replace(QStringLiteral("; "), QStringLiteral("\n"));
}

} // namespace headlens
