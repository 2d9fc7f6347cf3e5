// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/life_paint.h"

#include "core/base/colormap.h"
#include "widgets/viewmodel/heat_image.h"

#include <QPainter>
#include <QPalette>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr QRgb kMark = qRgb(213, 94, 0);
constexpr double kFoot = 4; // height of the bar of attention

// Of all events but the chosen one, whose own words would outshine them.
float highestOf(const LifePicture& picture)
{
    float high = 0;
    for (int i = 0; i < int(picture.attention.size()); ++i)
        if (const auto value = picture.attention[std::size_t(i)]; value && i != picture.chosen.event)
            high = std::max(high, std::abs(*value));
    return high;
}

void paintAxis(const LifeCanvas& to)
{
    const LifeAxis& axis = to.layout.axis;
    const QFontMetrics& metrics = to.layout.metrics;
    const double y = to.layout.axisHeight(), line = metrics.height();
    const int birth = to.layout.picture.events.front().month;
    to.painter.setPen(QPen(to.palette.color(QPalette::WindowText), 1.5));
    to.painter.drawLine(QPointF(axis.left, y), QPointF(axis.right, y));
    double free = -1; // up to here the line of labels is written
    const auto label = [&](double x, double top, const QString& text) {
        const double wide = metrics.horizontalAdvance(text);
        const double left = std::clamp(x - wide / 2, 1.0, std::max(1.0, to.width - wide - 1.0));
        if (left < free) return;
        to.painter.drawText(QPointF(left, top + metrics.ascent()), text);
        free = left + wide + 6;
    };
    const int years = yearsBetweenTicks(axis, metrics.horizontalAdvance(QStringLiteral("00000")));
    for (int year = axis.low / 12; year * 12 <= axis.high; ++year) {
        if (year % years != 0) continue;
        to.painter.drawLine(QPointF(axis.at(year * 12), y), QPointF(axis.at(year * 12), y + 4));
        label(axis.at(year * 12), y + 4, QString::number(year));
    }
    free = -1;
    const int ages = yearsBetweenTicks(axis, metrics.horizontalAdvance(LifeLayout::tr("age %1").arg(100)) + 6);
    for (int age = 0; birth + age * 12 <= axis.high; age += ages) {
        to.painter.drawLine(QPointF(axis.at(birth + age * 12), y - 4), QPointF(axis.at(birth + age * 12), y));
        label(axis.at(birth + age * 12), y - 4 - line, LifeLayout::tr("age %1").arg(age));
    }
}

void paintTie(const LifeCanvas& to, int event)
{
    const bool chosen = event == to.layout.picture.chosen.event;
    const QRectF card = to.layout.cardRect(event);
    const double x = to.layout.axis.at(to.layout.picture.events[std::size_t(event)].month), y = to.layout.axisHeight();
    const bool below = card.top() > y;
    const QPointF month(x, y),
        end(std::clamp(x, card.left() + 4, card.right() - 4), below ? card.top() : card.bottom());
    to.painter.setPen(QPen(chosen ? QColor(kMark) : to.palette.color(QPalette::PlaceholderText), chosen ? 2 : 1));
    to.painter.drawLine(month, end);
    to.painter.setPen(Qt::NoPen);
    to.painter.setBrush(chosen ? QColor(kMark) : to.palette.color(QPalette::WindowText));
    if (chosen) { // a diamond among dots
        const double r = 6;
        to.painter.drawPolygon(QPolygonF{{x - r, y}, {x, y - r}, {x + r, y}, {x, y + r}});
    } else {
        to.painter.drawEllipse(month, 2.5, 2.5);
    }
}

void paintWord(const LifeCanvas& to, const LifePlace& place, const QColor& ink)
{
    const QRectF rect = to.layout.wordRect(place);
    const LifeEvent& event = to.layout.picture.events[std::size_t(place.event)];
    const bool hidden = place.slot >= 0 && event.words[std::size_t(place.slot)] == to.layout.picture.mask;
    if (hidden) { // a gap: dashed, in the colour of the ground
        to.painter.setPen(QPen(to.palette.color(QPalette::WindowText), 1, Qt::DashLine));
        to.painter.setBrush(to.palette.color(QPalette::Base));
        to.painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    if (place == to.layout.picture.chosen) {
        to.painter.setPen(QPen(QColor(kMark), 2));
        to.painter.setBrush(Qt::NoBrush);
        to.painter.drawRect(rect.adjusted(1, 0, -1, 0));
    }
    const QString text =
        place.slot < 0 ? (event.dated ? QString::fromStdString(monthWord(event.month)) : LifeLayout::tr("no date"))
                       : to.layout.wordAt(place);
    to.painter.setPen(hidden ? to.palette.color(QPalette::Text) : ink);
    to.painter.drawText(rect, Qt::AlignCenter,
                        to.painter.fontMetrics().elidedText(text, Qt::ElideRight, int(rect.width())));
}

void paintCard(const LifeCanvas& to, int event, float high)
{
    const QRectF card = to.layout.cardRect(event);
    const bool chosen = event == to.layout.picture.chosen.event;
    const auto at = std::size_t(event);
    const auto value =
        !chosen && at < to.layout.picture.attention.size() ? to.layout.picture.attention[at] : std::nullopt;
    QColor fill = to.palette.color(QPalette::Base), ink = to.palette.color(QPalette::Text);
    if (value && high > 0) {
        const Rgb& c = colorAt(colorTable(to.display.colors().toStdString()), to.display.scaleTo(high).unit(*value));
        fill = QColor(c.r, c.g, c.b);
        ink = readableOn(fill);
    }
    to.painter.setPen(QPen(chosen ? QColor(kMark) : to.palette.color(QPalette::PlaceholderText), chosen ? 2.5 : 1));
    to.painter.setBrush(fill);
    to.painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    if (value && high > 0) { // the same as a length
        const double wide = (card.width() - 6) * std::min(1.0F, std::abs(*value) / high);
        to.painter.fillRect(QRectF(card.left() + 3, card.bottom() - kFoot - 1, wide, kFoot - 1), ink);
    }
    const QFont font = to.painter.font();
    QFont small = font;
    small.setPointSizeF(small.pointSizeF() * 0.85);
    to.painter.setFont(small);
    paintWord(to, {event, -1}, ink);
    to.painter.setFont(font);
    for (int slot = 0; slot < std::min(to.layout.wordLines(), int(to.layout.picture.events[at].words.size())); ++slot)
        paintWord(to, {event, slot}, ink);
}

} // namespace

void paintLife(const LifeCanvas& to)
{
    const LifePicture& picture = to.layout.picture;
    const int count = int(picture.events.size()), chosen = picture.chosen.event;
    if (count == 0) return;
    for (int i = 0; i < count; ++i) paintTie(to, i);
    paintAxis(to);
    if (chosen >= 0) paintTie(to, chosen);
    const float high = highestOf(picture);
    for (int i = 0; i < count; ++i)
        if (i != chosen) paintCard(to, i, high);
    if (chosen >= 0 && chosen < count) paintCard(to, chosen, high);
}

} // namespace headlens
