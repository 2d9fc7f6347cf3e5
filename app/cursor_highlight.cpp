// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cursor_highlight.h"

#include <QPainter>
#include <QStyle>

namespace headlens {
namespace {

constexpr int kRadius = 26, kReach = 22, kPen = 5; // pixels; kReach: of the wave
constexpr int kSide = 2 * (kRadius + kReach + kPen);
constexpr int kWave = 350; // ms

} // namespace

CursorHighlight::CursorHighlight(QWidget* window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    resize(kSide, kSide);
    m_wave.setStartValue(0.0);
    m_wave.setEndValue(1.0);
    m_wave.setDuration(kWave);
    m_wave.setEasingCurve(QEasingCurve::OutCubic);
    const auto repaint = [this] { update(); };
    connect(&m_wave, &QVariantAnimation::valueChanged, this, repaint);
    connect(&m_wave, &QVariantAnimation::finished, this, repaint);
    hide();
}

void CursorHighlight::follow(const QPoint& point)
{
    move(point - QPoint(kSide / 2, kSide / 2));
    show();
    raise();
}

void CursorHighlight::pulse()
{
    if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) <= 0) return;
    m_wave.stop();
    m_wave.start();
}

void CursorHighlight::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF middle(kSide / 2.0, kSide / 2.0);
    // Seen on light and on dark: a bright ring with a dark edge.
    painter.setBrush(QColor(255, 200, 40, 40));
    painter.setPen(QPen(QColor(0, 0, 0, 70), kPen + 2));
    painter.drawEllipse(middle, kRadius, kRadius);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(255, 200, 40, 210), kPen - 1));
    painter.drawEllipse(middle, kRadius, kRadius);
    if (!isPulsing()) return;
    const double way = m_wave.currentValue().toDouble();
    painter.setPen(QPen(QColor(255, 170, 0, int(200 * (1 - way))), kPen));
    painter.drawEllipse(middle, kRadius + way * kReach, kRadius + way * kReach);
}

} // namespace headlens
