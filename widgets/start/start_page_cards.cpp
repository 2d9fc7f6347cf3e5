// SPDX-License-Identifier: GPL-3.0-or-later
// What stands on the cards of the start page.
#include "widgets/start/start_page.h"

#include "widgets/start/card.h"
#include "widgets/start/card_grid.h"

#include <QCheckBox>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <algorithm>
#include <array>

namespace headlens {
namespace {

// The sample with the patches that the model cuts it into.
QImage cut(const QImage& sample, CardIcon icon)
{
    constexpr int kSide = 96; // pixels; cards show it smaller
    QImage picture = sample.scaled(kSide, kSide, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                         .convertToFormat(QImage::Format_RGB32);
    const int cells = icon == CardIcon::Windows ? 3 : 4;
    QPainter painter(&picture);
    painter.setPen(QPen(QColor(255, 255, 255, 170), icon == CardIcon::Windows ? 3 : 1.5));
    for (int i = 1; i < cells; ++i) {
        const int at = kSide * i / cells;
        painter.drawLine(at, 0, at, kSide);
        painter.drawLine(0, at, kSide, at);
    }
    return picture;
}

// A square of it, small.
QImage middleOf(const QImage& picture)
{
    constexpr int kSide = 96;
    const int side = std::min(picture.width(), picture.height());
    return picture.copy((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)
        .scaled(kSide, kSide, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

} // namespace

void StartPage::fillChoices()
{
    const std::array<CardContent, 4> contents{
        CardContent{CardIcon::Picture, {}, tr("Your picture…"), tr("Which parts does a model look at?"), {}, {}, true},
        CardContent{CardIcon::Words, {}, tr("Your sentence"), tr("Which words look at which words?"), {}, {}, true},
        CardContent{CardIcon::Lesson, {}, tr("A lesson"), tr("See attention at work, step by step"), {}, {}, true},
        CardContent{CardIcon::Model, {}, tr("Your model…"), tr("Open weights from your disk"), {}, {}, true}};
    if (!choices().isEmpty()) { // another language
        for (std::size_t i = 0; i < contents.size(); ++i) choices()[qsizetype(i)]->setContent(contents[i]);
        return;
    }
    QList<Card*> cards;
    for (const CardContent& content : contents) cards << new Card(content);
    connect(cards[0], &Card::clicked, this, &StartPage::pictureWanted);
    connect(cards[1], &Card::clicked, this, &StartPage::sentenceWanted);
    connect(cards[2], &Card::clicked, this, &StartPage::showLessons);
    connect(cards[3], &Card::clicked, this, &StartPage::modelWanted);
    m_choices->setCards(cards);
}

CardContent StartPage::cardOf(const GalleryModel& model) const
{
    CardContent content;
    content.icon = iconOf(model);
    const bool looks = content.icon == CardIcon::Picture || content.icon == CardIcon::Windows;
    if (!model.picture.isNull())
        content.picture = middleOf(model.picture);
    else if (looks && !m_sample.isNull())
        content.picture = cut(m_sample, content.icon);
    content.name = model.name;
    if (model.title != model.name) content.title = model.title;
    if (!model.shows.isEmpty()) content.note = tr("Shows: %1").arg(model.shows);
    content.scores = model.scores;
    return content;
}

void StartPage::fillModels()
{
    QList<Card*> cards;
    for (const GalleryModel& model : m_models) {
        cards << new Card(cardOf(model));
        connect(cards.last(), &Card::clicked, this, [this, name = model.name] { Q_EMIT modelChosen(name); });
    }
    m_modelCards->setCards(cards);
    m_modelsTitle->setVisible(!cards.isEmpty()); // the engine may still be starting
    orderTabs();
}

void StartPage::fillLessons()
{
    QList<Card*> cards;
    for (const GalleryLesson& lesson : m_lessons) {
        CardContent content;
        content.icon = CardIcon::Lesson;
        content.name = lesson.title;
        content.title = lesson.summary;
        cards << new Card(content);
        connect(cards.last(), &Card::clicked, this, [this, folder = lesson.folder] { Q_EMIT lessonChosen(folder); });
    }
    m_lessonCards->setCards(cards);
    m_lessonsTitle->setVisible(!cards.isEmpty());
    orderTabs();
}

void StartPage::orderTabs()
{
    QWidget* last = nullptr;
    for (Card* card : allCards()) {
        if (last != nullptr) setTabOrder(last, card);
        last = card;
    }
    setTabOrder(last, m_atStart);
    setTabOrder(m_atStart, m_skip);
}

} // namespace headlens
