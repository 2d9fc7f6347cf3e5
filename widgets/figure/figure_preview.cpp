// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_preview.h"

#include "widgets/figure/figure_paint.h"
#include "widgets/figure/figure_words.h"

#include <QPainter>

#include <algorithm>

namespace headlens {
namespace {

constexpr double kPointsPerInch = 72;
constexpr int kAround = 16;

// What a transparent ground looks like.
void paintChecks(QPainter& painter, const QRect& rect)
{
    constexpr int kSquare = 8;
    painter.fillRect(rect, QColor(255, 255, 255));
    painter.setClipRect(rect);
    for (int y = 0; y * kSquare < rect.height(); ++y)
        for (int x = y % 2; x * kSquare < rect.width(); x += 2)
            painter.fillRect(rect.left() + x * kSquare, rect.top() + y * kSquare, kSquare, kSquare,
                             QColor(225, 225, 225));
    painter.setClipping(false);
}

} // namespace

FigurePreview::FigurePreview(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Preview of the figure"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void FigurePreview::show(const FigureSpec& spec, const FigureData& numbers)
{
    m_spec = spec;
    m_data = numbers;
    m_sheet = {};
    if (!numbers.isEmpty()) setAccessibleDescription(figureCaption(spec, numbers));
    update();
}

void FigurePreview::setWaiting(bool waiting)
{
    m_waiting = waiting;
    update();
}

void FigurePreview::resizeEvent(QResizeEvent* event)
{
    m_sheet = {};
    QWidget::resizeEvent(event);
}

void FigurePreview::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Mid));
    if (m_data.isEmpty()) return;
    const double ratio = devicePixelRatioF();
    if (m_sheet.isNull()) {
        const QSizeF size = layOut(m_spec, m_data, kPointsPerInch).size; // points
        const double fits = std::min((width() - 2 * kAround) / size.width(), (height() - 2 * kAround) / size.height());
        constexpr double kLargest = 4; // times its size
        m_sheet = figureImage(m_spec, m_data, std::clamp(fits, 0.05, kLargest) * ratio * kPointsPerInch);
        m_sheet.setDevicePixelRatio(ratio);
    }
    const QSize shown = m_sheet.deviceIndependentSize().toSize();
    const QRect sheet(QPoint((width() - shown.width()) / 2, (height() - shown.height()) / 2), shown);
    if (m_spec.sheet.background == FigureBackground::Transparent) paintChecks(painter, sheet);
    painter.setOpacity(m_waiting ? 0.4 : 1);
    painter.drawImage(sheet.topLeft(), m_sheet);
}

} // namespace headlens
