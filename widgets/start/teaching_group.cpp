// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/teaching_group.h"

#include "widgets/start/card.h"
#include "widgets/start/card_contents.h"
#include "widgets/start/card_grid.h"

#include <QVBoxLayout>

namespace headlens {
namespace {

constexpr int kNarrowCard = 36; // letters

Icon rowIcon(CardIcon icon)
{
    switch (icon) {
    case CardIcon::Picture: return Icon::Picture;
    case CardIcon::Windows: return Icon::Patches;
    case CardIcon::PictureAndWords: return Icon::SideBySide;
    case CardIcon::Words:
    case CardIcon::Translation: return Icon::Text;
    case CardIcon::Model: break;
    }
    return Icon::Model;
}

RowContent rowOf(const GalleryModel& model, const QImage& sample)
{
    const CardContent card = contentOf(model, sample);
    RowContent row;
    row.icon = rowIcon(card.icon);
    row.picture = card.picture;
    row.name = model.name;
    row.about = model.shows.isEmpty() ? card.title : model.shows;
    row.tip = card.title;
    row.scores = model.scores;
    return row;
}

} // namespace

TeachingGroup::TeachingGroup(const QString& title, const QList<GalleryModel>& models, const QImage& sample,
                             bool isDetailed)
    : Section(1)
{
    setTitle(title);
    QStringList names;
    for (const GalleryModel& model : models) names << model.name;
    if (!isDetailed) {
        QList<RowContent> rows;
        for (const GalleryModel& model : models) rows << rowOf(model, sample);
        list()->setRows(rows);
        connect(list(), &RowList::chosen, this, [this, names](int row) { Q_EMIT chosen(names[row]); });
        return;
    }
    list()->hide();
    m_cards = new CardGrid(kNarrowCard);
    column()->addWidget(m_cards);
    QList<Card*> cards;
    for (const GalleryModel& model : models) {
        cards << new Card(contentOf(model, sample));
        connect(cards.last(), &Card::clicked, this, [this, name = model.name] { Q_EMIT chosen(name); });
    }
    m_cards->setCards(cards);
}

QList<QAbstractButton*> TeachingGroup::models() const
{
    if (m_cards != nullptr) return {m_cards->cards().begin(), m_cards->cards().end()};
    const QList<Row*> all = rows();
    return {all.begin(), all.end()};
}

QList<QWidget*> TeachingGroup::controls() const
{
    const QList<QAbstractButton*> all = models();
    return {all.begin(), all.end()};
}

int TeachingGroup::filter(const QString& words)
{
    if (m_cards == nullptr) return Section::filter(words);
    const int left = m_cards->filter(words);
    setVisible(left > 0);
    return left;
}

} // namespace headlens
