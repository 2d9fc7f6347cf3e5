// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/card_grid.h"

#include "widgets/start/card.h"
#include "widgets/start/row.h"
#include "widgets/start/tab_stop.h"

#include <QEvent>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kGap = 10, kUsualWidth = 860; // pixels

} // namespace

CardGrid::CardGrid(int narrowest, QWidget* parent) : QWidget(parent), m_narrowest(narrowest), m_stop(new TabStop(this))
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void CardGrid::setCards(const QList<Card*>& cards)
{
    qDeleteAll(m_cards);
    m_cards = cards;
    for (Card* card : m_cards) {
        card->setParent(this);
        card->show();
    }
    filter({});
}

QList<Card*> CardGrid::shown() const
{
    QList<Card*> all;
    for (Card* card : m_cards)
        if (!card->isHidden()) all << card;
    return all;
}

int CardGrid::filter(const QString& words)
{
    for (Card* card : m_cards) {
        const CardContent& content = card->content();
        const QStringList texts{content.name, content.title, content.note};
        card->setVisible(matches(texts.join(QLatin1Char('\n')), words));
    }
    const QList<Card*> left = shown();
    m_stop->setWidgets({left.begin(), left.end()});
    arranged(width(), true);
    updateGeometry();
    return int(left.size());
}

int CardGrid::columns(int width) const
{
    const int narrowest = std::max(1, m_narrowest * fontMetrics().averageCharWidth());
    return std::clamp((width + kGap) / (narrowest + kGap), 1, std::max(1, int(m_cards.size())));
}

int CardGrid::arranged(int width, bool moves) const
{
    const int across = columns(width), side = (width - (across - 1) * kGap) / across;
    const QList<Card*> all = shown();
    int top = 0;
    for (qsizetype first = 0; first < all.size(); first += across) {
        const QList<Card*> row = all.mid(first, across);
        int high = 0;
        for (const Card* card : row) high = std::max(high, card->heightForWidth(side));
        for (qsizetype i = 0; moves && i < row.size(); ++i)
            row[i]->setGeometry(int(i) * (side + kGap), top, side, high);
        top += high + kGap;
    }
    return std::max(0, top - kGap);
}

QSize CardGrid::sizeHint() const
{
    return {kUsualWidth, heightForWidth(kUsualWidth)};
}

bool CardGrid::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::FontChange) {
        arranged(width(), true);
        updateGeometry();
    }
    return QWidget::event(event);
}

void CardGrid::resizeEvent(QResizeEvent* event)
{
    arranged(width(), true);
    QWidget::resizeEvent(event);
}

} // namespace headlens
