// SPDX-License-Identifier: GPL-3.0-or-later
// How LifeLine is painted: axis, ties and cards.
#include "core/base/colormap.h"
#include "widgets/life2vec/life_line.h"
#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/viewmodel/heat_image.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr QRgb kMark = qRgb(213, 94, 0);
constexpr double kFoot = 4; // height of the bar of attention

} // namespace

// Of all events but the chosen one, whose own words would outshine them.
float LifeLine::highest() const
{
    float high = 0;
    for (int i = 0; i < int(m_picture.attention.size()); ++i)
        if (const auto value = m_picture.attention[std::size_t(i)]; value && i != m_picture.chosen.event)
            high = std::max(high, std::abs(*value));
    return high;
}

void LifeLine::paintAxis(QPainter& painter) const
{
    const double y = axisHeight(), line = fontMetrics().height();
    const int birth = m_picture.events.front().month;
    painter.setPen(QPen(palette().color(QPalette::WindowText), 1.5));
    painter.drawLine(QPointF(m_axis.left, y), QPointF(m_axis.right, y));
    double free = -1; // up to here the line of labels is written
    const auto label = [&](double x, double top, const QString& text) {
        const double wide = fontMetrics().horizontalAdvance(text);
        const double left = std::clamp(x - wide / 2, 1.0, std::max(1.0, width() - wide - 1.0));
        if (left < free) return;
        painter.drawText(QPointF(left, top + fontMetrics().ascent()), text);
        free = left + wide + 6;
    };
    const int years = yearsBetweenTicks(m_axis, fontMetrics().horizontalAdvance(QStringLiteral("00000")));
    for (int year = m_axis.low / 12; year * 12 <= m_axis.high; ++year) {
        if (year % years != 0) continue;
        painter.drawLine(QPointF(m_axis.at(year * 12), y), QPointF(m_axis.at(year * 12), y + 4));
        label(m_axis.at(year * 12), y + 4, QString::number(year));
    }
    free = -1;
    const int ages = yearsBetweenTicks(m_axis, fontMetrics().horizontalAdvance(tr("age %1").arg(100)) + 6);
    for (int age = 0; birth + age * 12 <= m_axis.high; age += ages) {
        painter.drawLine(QPointF(m_axis.at(birth + age * 12), y - 4), QPointF(m_axis.at(birth + age * 12), y));
        label(m_axis.at(birth + age * 12), y - 4 - line, tr("age %1").arg(age));
    }
}

void LifeLine::paintTie(QPainter& painter, int event) const
{
    const bool chosen = event == m_picture.chosen.event;
    const QRectF card = cardRect(event);
    const double x = m_axis.at(m_picture.events[std::size_t(event)].month), y = axisHeight();
    const bool below = card.top() > y;
    const QPointF month(x, y),
        end(std::clamp(x, card.left() + 4, card.right() - 4), below ? card.top() : card.bottom());
    painter.setPen(QPen(chosen ? QColor(kMark) : palette().color(QPalette::PlaceholderText), chosen ? 2 : 1));
    painter.drawLine(month, end);
    painter.setPen(Qt::NoPen);
    painter.setBrush(chosen ? QColor(kMark) : palette().color(QPalette::WindowText));
    if (chosen) { // a diamond among dots
        const double r = 6;
        painter.drawPolygon(QPolygonF{{x - r, y}, {x, y - r}, {x + r, y}, {x, y + r}});
    } else {
        painter.drawEllipse(month, 2.5, 2.5);
    }
}

void LifeLine::paintWord(QPainter& painter, const LifePlace& place, const QColor& ink) const
{
    const QRectF rect = wordRect(place);
    const LifeEvent& event = m_picture.events[std::size_t(place.event)];
    const bool hidden = place.slot >= 0 && event.words[std::size_t(place.slot)] == m_picture.mask;
    if (hidden) { // a gap: dashed, in the colour of the ground
        painter.setPen(QPen(palette().color(QPalette::WindowText), 1, Qt::DashLine));
        painter.setBrush(palette().color(QPalette::Base));
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    if (place == m_picture.chosen) {
        painter.setPen(QPen(QColor(kMark), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect.adjusted(1, 0, -1, 0));
    }
    const QString text =
        place.slot < 0 ? (event.dated ? QString::fromStdString(monthWord(event.month)) : tr("no date")) : wordAt(place);
    painter.setPen(hidden ? palette().color(QPalette::Text) : ink);
    painter.drawText(rect, Qt::AlignCenter, painter.fontMetrics().elidedText(text, Qt::ElideRight, int(rect.width())));
}

void LifeLine::paintCard(QPainter& painter, int event, float high) const
{
    const QRectF card = cardRect(event);
    const bool chosen = event == m_picture.chosen.event;
    const auto at = std::size_t(event);
    const auto value = !chosen && at < m_picture.attention.size() ? m_picture.attention[at] : std::nullopt;
    QColor fill = palette().color(QPalette::Base), ink = palette().color(QPalette::Text);
    if (value && high > 0) {
        const Rgb& c = colorAt(colorTable(m_display.colors().toStdString()), m_display.scaleTo(high).unit(*value));
        fill = QColor(c.r, c.g, c.b);
        ink = readableOn(fill);
    }
    painter.setPen(QPen(chosen ? QColor(kMark) : palette().color(QPalette::PlaceholderText), chosen ? 2.5 : 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    if (value && high > 0) { // the same as a length
        const double wide = (card.width() - 6) * std::min(1.0F, std::abs(*value) / high);
        painter.fillRect(QRectF(card.left() + 3, card.bottom() - kFoot - 1, wide, kFoot - 1), ink);
    }
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    painter.setFont(small);
    paintWord(painter, {event, -1}, ink);
    painter.setFont(font());
    for (int slot = 0; slot < std::min(wordLines(), int(m_picture.events[at].words.size())); ++slot)
        paintWord(painter, {event, slot}, ink);
}

void LifeLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int count = int(m_picture.events.size()), chosen = m_picture.chosen.event;
    if (count == 0) return;
    for (int i = 0; i < count; ++i) paintTie(painter, i);
    paintAxis(painter);
    if (chosen >= 0) paintTie(painter, chosen);
    const float high = highest();
    for (int i = 0; i < count; ++i)
        if (i != chosen) paintCard(painter, i, high);
    if (chosen >= 0 && chosen < count) paintCard(painter, chosen, high);
    paintFocus(painter, *this);
}

} // namespace headlens
