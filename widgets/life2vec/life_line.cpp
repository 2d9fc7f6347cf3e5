// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/life_line.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <QHelpEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kMargin = 6, kGap = 6, kPad = 5, kSmall = 0.85, kFoot = 3;
constexpr double kWidest = 150, kNarrowest = 54; // of a card

} // namespace

LifeLine::LifeLine(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    tell();
}

// A dragged card may change its place in the order; lanes follow it, so that no card jumps.
void LifeLine::setPicture(const LifePicture& picture, const Display& display)
{
    const int from = m_picture.chosen.event, to = picture.chosen.event;
    const bool same = m_lanes.size() == picture.events.size();
    if (m_dragging && same && from >= 0 && to >= 0 && from != to) {
        const auto at = m_lanes.begin();
        if (from < to)
            std::rotate(at + from, at + from + 1, at + to + 1);
        else
            std::rotate(at + to, at + from, at + from + 1);
    }
    m_dragging = m_dragging && same && to >= 0;
    m_picture = picture;
    m_display = display;
    arrange();
    updateGeometry();
    tell();
}

const LifeGuess* LifeLine::guessOf(const LifePlace& place) const
{
    const auto found = std::ranges::find(m_picture.guesses, place, &LifeGuess::place);
    return found == m_picture.guesses.end() ? nullptr : &*found;
}

QString LifeLine::wordAt(const LifePlace& place) const
{
    const LifeEvent& event = m_picture.events[std::size_t(place.event)];
    const std::string& word = event.words[std::size_t(place.slot)];
    if (word != m_picture.mask) return QString::fromStdString(word);
    const LifeGuess* guess = guessOf(place);
    if (guess == nullptr) return QStringLiteral("?");
    return tr("%1? %2 %").arg(guess->word, QString::number(int(std::lround(100 * guess->probability))));
}

int LifeLine::wordLines() const
{
    std::size_t lines = 1;
    for (const LifeEvent& event : m_picture.events) lines = std::max(lines, event.words.size());
    return int(std::min<std::size_t>(lines, 8));
}

double LifeLine::cardHeight() const
{
    return fontMetrics().height() * (kSmall + wordLines()) + 2 * kPad + kFoot;
}

double LifeLine::axisBand() const
{
    return 2 * fontMetrics().height() + 8;
}

double LifeLine::cardWidth(int event) const
{
    const LifeEvent& shown = m_picture.events[std::size_t(event)];
    double wide = fontMetrics().horizontalAdvance(QStringLiteral("0000-00")) * kSmall;
    for (int slot = 0; slot < int(shown.words.size()); ++slot)
        wide = std::max(wide, double(fontMetrics().horizontalAdvance(wordAt({event, slot}))));
    return std::clamp(wide + 2 * kPad + 4, kNarrowest, kWidest);
}

LifeAxis LifeLine::axisFor(int width) const
{
    std::vector<int> months;
    for (const LifeEvent& event : m_picture.events) months.push_back(event.month);
    return axisOf(months, kMargin + 12, std::max(kMargin + 13, width - kMargin - 12));
}

// Centred on its month, as far as the widget reaches.
CardSpan LifeLine::spanOf(int event, const LifeAxis& axis) const
{
    const double wide = cardWidth(event), end = axis.right + 12;
    const double left = std::clamp(axis.at(m_picture.events[std::size_t(event)].month) - wide / 2, kMargin,
                                   std::max(kMargin, end - wide));
    return {left, left + wide};
}

// The lane of every event's card.
std::vector<int> LifeLine::lanesOn(const LifeAxis& axis) const
{
    std::vector<CardSpan> spans(m_picture.events.size());
    for (int i = 0; i < int(spans.size()); ++i) spans[std::size_t(i)] = spanOf(i, axis);
    return lanesOf(spans, kGap);
}

void LifeLine::arrange()
{
    if (m_dragging) return;
    m_axis = axisFor(width());
    m_lanes = lanesOn(m_axis);
    m_laneCount = m_lanes.empty() ? 0 : *std::ranges::max_element(m_lanes) + 1;
}

int LifeLine::heightForWidth(int width) const
{
    int lanes = m_laneCount;
    if (!m_dragging) {
        const std::vector<int> all = lanesOn(axisFor(width));
        lanes = all.empty() ? 0 : *std::ranges::max_element(all) + 1;
    }
    return int(std::ceil(2 * kMargin + axisBand() + lanes * (cardHeight() + kGap)));
}

double LifeLine::axisHeight() const
{
    const int above = m_laneCount / 2;
    return kMargin + above * (cardHeight() + kGap) + axisBand() / 2;
}

QRectF LifeLine::cardRect(int event) const
{
    if (event < 0 || std::size_t(event) >= m_lanes.size()) return {};
    const CardSpan span = spanOf(event, m_axis);
    const int lane = m_lanes[std::size_t(event)], row = lane / 2;
    const double step = cardHeight() + kGap, depth = row * step;
    const double top =
        lane % 2 == 0 ? axisHeight() + axisBand() / 2 + kGap + depth : axisHeight() - axisBand() / 2 - step - depth;
    return {span.left, top, span.right - span.left, cardHeight()};
}

QRectF LifeLine::wordRect(const LifePlace& place) const
{
    const QRectF card = cardRect(place.event);
    const double line = fontMetrics().height(), head = line * kSmall;
    if (card.isEmpty() || place.slot >= wordLines()) return {};
    const double top = card.top() + kPad + (place.slot < 0 ? 0 : head + place.slot * line);
    return {card.left() + 2, top, card.width() - 4, place.slot < 0 ? head : line};
}

LifePlace LifeLine::placeAt(const QPointF& point) const
{
    const auto in = [&](int event) -> LifePlace {
        for (int slot = int(m_picture.events[std::size_t(event)].words.size()) - 1; slot >= 0; --slot)
            if (point.y() >= wordRect({event, slot}).top()) return {event, slot};
        return {event, -1};
    };
    if (cardRect(m_picture.chosen.event).contains(point)) return in(m_picture.chosen.event); // lies on top
    for (int event = int(m_lanes.size()) - 1; event >= 0; --event)
        if (cardRect(event).contains(point)) return in(event);
    return {};
}

QString LifeLine::sentence(int event) const
{
    if (event < 0 || event >= int(m_picture.events.size())) return {};
    const LifeEvent& shown = m_picture.events[std::size_t(event)];
    const double age = yearOf(shown.month - m_picture.events.front().month);
    QStringList words;
    for (int slot = 0; slot < int(shown.words.size()); ++slot) {
        const bool hidden = shown.words[std::size_t(slot)] == m_picture.mask;
        words << (hidden ? tr("hidden (%1)").arg(wordAt({event, slot})) : wordAt({event, slot}));
    }
    QString said = event == 0 ? tr("Background, born %1: %2")
                                    .arg(QString::fromStdString(monthWord(shown.month)), words.join(QLatin1Char(' ')))
                              : tr("Event %1 of %2, %3, age %4: %5")
                                    .arg(QString::number(event), QString::number(m_picture.events.size() - 1),
                                         QString::fromStdString(monthWord(shown.month)), fixedNumber(age, 1),
                                         words.join(QLatin1Char(' ')));
    const auto at = std::size_t(event);
    if (event == m_picture.chosen.event)
        said += QLatin1Char('\n') + tr("Chosen: the query of the attention");
    else if (at < m_picture.attention.size() && m_picture.attention[at])
        said += QLatin1Char('\n') + tr("attention %1 a word").arg(shortNumber(double(*m_picture.attention[at])));
    return said;
}

void LifeLine::tell()
{
    setAccessibleName(tr("Life line. Left and Right move the chosen event by a month, Page Up and Page Down by a year; "
                         "Up and Down choose a word, with Ctrl an event; Delete hides the word, Shift+Right swaps the "
                         "event with the next one"));
    setAccessibleDescription(sentence(m_picture.chosen.event));
    update();
}

void LifeLine::resizeEvent(QResizeEvent*)
{
    m_dragging = m_pressed = false;
    arrange();
}

void LifeLine::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    if (event->type() == QEvent::FontChange) {
        arrange();
        updateGeometry();
    }
    QWidget::changeEvent(event);
}

bool LifeLine::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const LifePlace place = placeAt(help->pos());
    if (place.event >= 0)
        QToolTip::showText(help->globalPos(), sentence(place.event), this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace headlens
