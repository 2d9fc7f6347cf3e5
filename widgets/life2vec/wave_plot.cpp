// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/wave_plot.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/viewmodel/heat_image.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

constexpr double kMargin = 4, kCurves = 76; // pixels

// Orange, blue, green, pink: light enough for dark grounds, dark enough for light ones.
QPen penOf(int index)
{
    static constexpr std::array kColors{0, 4, 2, 6};
    static constexpr std::array kDashes{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    const auto place = std::size_t(index) % kColors.size();
    return {headQColor(kColors[place]), 2, kDashes[place]};
}

} // namespace

WavePlot::WavePlot(Kind kind, QWidget* parent) : QWidget(parent), m_kind(kind)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    tell();
}

void WavePlot::setWaves(const std::vector<TimeWave>& waves)
{
    m_waves = waves;
    updateGeometry();
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
    setAccessibleName(title());
    QStringList said;
    if (m_marker) said << markerText();
    for (const TimeWave& wave : m_waves)
        said << (m_marker ? tr("%1: %2").arg(turnText(wave), fixedNumber(valueAt(wave, *m_marker), 2))
                          : turnText(wave));
    setAccessibleDescription(said.join(QStringLiteral("; ")));
    update();
}

QSize WavePlot::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return {200, int(2 * kMargin + kCurves) + line * (2 + std::max(1, int(m_waves.size()))) + 8};
}

QRectF WavePlot::area() const
{
    return {kMargin, kMargin + fontMetrics().height() + 4, std::max(1.0, width() - 2 * kMargin), kCurves};
}

double WavePlot::at(double year) const
{
    const QRectF rect = area();
    return rect.left() + (year - m_low) / (m_high - m_low) * rect.width();
}

void WavePlot::paintWave(QPainter& painter, int index) const
{
    const QRectF rect = area();
    const TimeWave& wave = m_waves[std::size_t(index)];
    const double half = rect.height() / 2 - 4;
    QPolygonF curve;
    for (int pixel = 0; pixel <= int(rect.width()); ++pixel) {
        const double x = rect.left() + pixel;
        const double year = m_low + (x - rect.left()) / rect.width() * (m_high - m_low);
        curve << QPointF(x, rect.center().y() - valueAt(wave, year) * half);
    }
    painter.setPen(penOf(index));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(curve);
    if (!m_marker || *m_marker < m_low || *m_marker > m_high) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(penOf(index).color());
    painter.drawEllipse(QPointF(at(*m_marker), rect.center().y() - valueAt(wave, *m_marker) * half), 4, 4);
}

void WavePlot::paintAxis(QPainter& painter) const
{
    const QRectF rect = area();
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(QPointF(rect.left(), rect.center().y()), QPointF(rect.right(), rect.center().y()));
    painter.setPen(palette().color(QPalette::WindowText));
    const QRectF below(rect.left(), rect.bottom() + 2, rect.width(), fontMetrics().height());
    painter.drawText(below, Qt::AlignLeft, QString::number(int(m_low)));
    painter.drawText(below, Qt::AlignRight, QString::number(int(m_high)));
    if (!m_marker || *m_marker < m_low || *m_marker > m_high) return;
    const double x = at(*m_marker), wide = fontMetrics().horizontalAdvance(markerText()) + 8;
    const double ends = fontMetrics().horizontalAdvance(QString::number(int(m_high))) + 6;
    painter.setPen(QPen(palette().color(QPalette::WindowText), 1.5));
    painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 2));
    const double left =
        std::clamp(x - wide / 2, rect.left() + ends, std::max(rect.left() + ends, rect.right() - ends - wide));
    painter.drawText(QRectF(left, below.top(), wide, below.height()), Qt::AlignHCenter, markerText());
}

void WavePlot::paintLegend(QPainter& painter) const
{
    const double line = fontMetrics().height();
    double top = area().bottom() + line + 6;
    for (int i = 0; i < int(m_waves.size()); ++i, top += line) {
        const TimeWave& wave = m_waves[std::size_t(i)];
        painter.setPen(penOf(i));
        painter.drawLine(QPointF(kMargin, top + line / 2), QPointF(kMargin + 34, top + line / 2));
        painter.setPen(palette().color(QPalette::WindowText));
        const QRectF words(kMargin + 42, top, width() - kMargin - 46, line);
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, turnText(wave));
        if (m_marker)
            painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, fixedNumber(valueAt(wave, *m_marker), 2));
    }
}

void WavePlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(area(), palette().color(QPalette::Base));
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(kMargin, kMargin, width() - 2 * kMargin, fontMetrics().height()), Qt::AlignLeft,
                     QFontMetrics(bold).elidedText(title(), Qt::ElideRight, int(width() - 2 * kMargin)));
    painter.setFont(font());
    paintAxis(painter);
    painter.save();
    painter.setClipRect(area());
    for (int i = 0; i < int(m_waves.size()); ++i) paintWave(painter, i);
    painter.restore();
    paintLegend(painter);
}

void WavePlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    if (event->type() == QEvent::FontChange) updateGeometry();
    QWidget::changeEvent(event);
}

bool WavePlot::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
                       title() + QLatin1Char('\n') +
                           accessibleDescription().replace(QStringLiteral("; "), QStringLiteral("\n")),
                       this);
    return true;
}

} // namespace headlens
