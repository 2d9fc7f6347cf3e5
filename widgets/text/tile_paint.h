// SPDX-License-Identifier: GPL-3.0-or-later
// How one tile of a sentence looks: its kind as colour, rim and letter, and the bar of its attention below.
#pragma once

#include "widgets/text/tiles.h"

#include <QImage>
#include <QRectF>
#include <QString>

#include <optional>

class QPainter;
class QPalette;

namespace headlens {

struct TilePicture {
    QRectF tile, bar;
    TileKind kind = TileKind::Word;
    QString word, badge;
    QImage patch; // of an image: the part of the picture that the model saw there
    bool isQuery = false, isStrongest = false;
    std::optional<float> value; // nothing: its attention is not known
};

void paintTile(QPainter& painter, const TilePicture& tile, const QPalette& palette);

} // namespace headlens
