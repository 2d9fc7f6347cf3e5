// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/life_layout.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kMargin = 6, kGap = 6, kPad = 5, kSmall = 0.85, kFoot = 3;
constexpr double kWidest = 150, kNarrowest = 54; // of a card

} // namespace

int countOf(const std::vector<int>& lanes)
{
    return lanes.empty() ? 0 : *std::ranges::max_element(lanes) + 1;
}

int LifeLayout::heightWith(int laneCount) const
{
    return int(std::ceil(2 * kMargin + axisBand() + laneCount * (cardHeight() + kGap)));
}

QString LifeLayout::wordAt(const LifePlace& place) const
{
    const LifeEvent& event = picture.events[std::size_t(place.event)];
    const std::string& word = event.words[std::size_t(place.slot)];
    if (word != picture.mask) return QString::fromStdString(word);
    const auto guess = std::ranges::find(picture.guesses, place, &LifeGuess::place);
    if (guess == picture.guesses.end()) return QStringLiteral("?");
    return tr("%1? %2 %").arg(guess->word, QString::number(int(std::lround(100 * guess->probability))));
}

int LifeLayout::wordLines() const
{
    std::size_t lines = 1;
    for (const LifeEvent& event : picture.events) lines = std::max(lines, event.words.size());
    return int(std::min<std::size_t>(lines, 8));
}

double LifeLayout::cardHeight() const
{
    return metrics.height() * (kSmall + wordLines()) + 2 * kPad + kFoot;
}

double LifeLayout::axisBand() const
{
    return 2 * metrics.height() + 8;
}

double LifeLayout::cardWidth(int event) const
{
    const LifeEvent& shown = picture.events[std::size_t(event)];
    double wide = metrics.horizontalAdvance(QStringLiteral("0000-00")) * kSmall;
    for (int slot = 0; slot < int(shown.words.size()); ++slot)
        wide = std::max(wide, double(metrics.horizontalAdvance(wordAt({event, slot}))));
    return std::clamp(wide + 2 * kPad + 4, kNarrowest, kWidest);
}

LifeAxis LifeLayout::axisFor(int width) const
{
    std::vector<int> months;
    for (const LifeEvent& event : picture.events) months.push_back(event.month);
    return axisOf(months, kMargin + 12, std::max(kMargin + 13, width - kMargin - 12));
}

// Centred on its month, as far as the widget reaches.
CardSpan LifeLayout::spanOf(int event, const LifeAxis& on) const
{
    const double wide = cardWidth(event), end = on.right + 12;
    const double left =
        std::clamp(on.at(picture.events[std::size_t(event)].month) - wide / 2, kMargin, std::max(kMargin, end - wide));
    return {left, left + wide};
}

std::vector<int> LifeLayout::lanesOn(const LifeAxis& on) const
{
    std::vector<CardSpan> spans(picture.events.size());
    for (int i = 0; i < int(spans.size()); ++i) spans[std::size_t(i)] = spanOf(i, on);
    return lanesOf(spans, kGap);
}

double LifeLayout::axisHeight() const
{
    const int above = countOf(lanes) / 2;
    return kMargin + above * (cardHeight() + kGap) + axisBand() / 2;
}

QRectF LifeLayout::cardRect(int event) const
{
    if (event < 0 || std::size_t(event) >= lanes.size()) return {};
    const CardSpan span = spanOf(event, axis);
    const int lane = lanes[std::size_t(event)], row = lane / 2;
    const double step = cardHeight() + kGap, depth = row * step;
    const double top =
        lane % 2 == 0 ? axisHeight() + axisBand() / 2 + kGap + depth : axisHeight() - axisBand() / 2 - step - depth;
    return {span.left, top, span.right - span.left, cardHeight()};
}

QRectF LifeLayout::wordRect(const LifePlace& place) const
{
    const QRectF card = cardRect(place.event);
    const double line = metrics.height(), head = line * kSmall;
    if (card.isEmpty() || place.slot >= wordLines()) return {};
    const double top = card.top() + kPad + (place.slot < 0 ? 0 : head + place.slot * line);
    return {card.left() + 2, top, card.width() - 4, place.slot < 0 ? head : line};
}

LifePlace LifeLayout::placeAt(const QPointF& point) const
{
    const auto in = [&](int event) -> LifePlace {
        for (int slot = int(picture.events[std::size_t(event)].words.size()) - 1; slot >= 0; --slot)
            if (point.y() >= wordRect({event, slot}).top()) return {event, slot};
        return {event, -1};
    };
    if (cardRect(picture.chosen.event).contains(point)) return in(picture.chosen.event); // lies on top
    for (int event = int(lanes.size()) - 1; event >= 0; --event)
        if (cardRect(event).contains(point)) return in(event);
    return {};
}

QString LifeLayout::sentence(int event) const
{
    if (event < 0 || event >= int(picture.events.size())) return {};
    const LifeEvent& shown = picture.events[std::size_t(event)];
    const double age = yearOf(shown.month - picture.events.front().month);
    QStringList words;
    for (int slot = 0; slot < int(shown.words.size()); ++slot) {
        const bool hidden = shown.words[std::size_t(slot)] == picture.mask;
        words << (hidden ? tr("hidden (%1)").arg(wordAt({event, slot})) : wordAt({event, slot}));
    }
    QString said = event == 0 ? tr("Background, born %1: %2")
                                    .arg(QString::fromStdString(monthWord(shown.month)), words.join(QLatin1Char(' ')))
                              : tr("Event %1 of %2, %3, age %4: %5")
                                    .arg(QString::number(event), QString::number(picture.events.size() - 1),
                                         QString::fromStdString(monthWord(shown.month)), fixedNumber(age, 1),
                                         words.join(QLatin1Char(' ')));
    const auto at = std::size_t(event);
    if (event == picture.chosen.event)
        said += QLatin1Char('\n') + tr("Chosen: the query of the attention");
    else if (at < picture.attention.size() && picture.attention[at])
        said += QLatin1Char('\n') + tr("attention %1 a word").arg(shortNumber(double(*picture.attention[at])));
    return said;
}

} // namespace headlens
