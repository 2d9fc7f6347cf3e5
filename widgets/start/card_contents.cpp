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

CardContent contentOf(const GalleryExample& example)
{
    CardContent content;
    if (!example.picture.isNull()) content.picture = middleOf(example.picture);
    content.name = CardContents::tr("See it on an example");
    content.title = CardContents::tr("%1: %2").arg(example.model, example.about);
    content.isLarge = true;
    return content;
}

} // namespace headlens
