// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/card_contents.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace headlens {
namespace {

struct CardContents { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::CardContents)
};

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

std::array<CardContent, 4> choiceContents()
{
    const auto choice = [](CardIcon icon, const QString& name, const QString& title) {
        return CardContent{icon, {}, name, title, {}, {}, true};
    };
    return {
        choice(CardIcon::Picture, CardContents::tr("Your picture…"),
               CardContents::tr("Which parts does a model look at?")),
        choice(CardIcon::Words, CardContents::tr("Your sentence"),
               CardContents::tr("Which words look at which words?")),
        choice(CardIcon::Lesson, CardContents::tr("A lesson"), CardContents::tr("See attention at work, step by step")),
        choice(CardIcon::Model, CardContents::tr("Your model…"), CardContents::tr("Open weights from your disk"))};
}

CardContent contentOf(const GalleryModel& model, const QImage& sample)
{
    CardContent content;
    content.icon = iconOf(model);
    const bool looks = content.icon == CardIcon::Picture || content.icon == CardIcon::Windows;
    if (!model.picture.isNull())
        content.picture = middleOf(model.picture);
    else if (looks && !sample.isNull())
        content.picture = cut(sample, content.icon);
    content.name = model.name;
    if (model.title != model.name) content.title = model.title;
    if (!model.shows.isEmpty()) content.note = CardContents::tr("Shows: %1").arg(model.shows);
    content.scores = model.scores;
    return content;
}

CardContent contentOf(const GalleryFound& model)
{
    CardContent content;
    content.icon = CardIcon::Model;
    content.name = model.name;
    content.title = model.about;
    content.note = model.whyNot;
    content.isGrey = !model.whyNot.isEmpty();
    content.tip = content.isGrey ? model.whyNot : model.path;
    return content;
}

CardContent contentOf(const GalleryLesson& lesson)
{
    CardContent content;
    content.icon = CardIcon::Lesson;
    content.name = lesson.title;
    content.title = lesson.summary;
    return content;
}

} // namespace headlens
