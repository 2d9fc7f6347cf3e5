// SPDX-License-Identifier: GPL-3.0-or-later
// How one token of a text is painted: its ground by its value, its rim by what it is to the query.
#pragma once

#include "widgets/text/token_pieces.h"
#include "widgets/text/token_values.h"

#include <QFont>
#include <QPalette>
#include <QRectF>

class QPainter;

namespace headlens {

struct TokenLook {
    QRectF rect;
    TokenPiece piece;
    bool joinsNext = false;
    QString below; // the second line: id, class; empty without
    bool twoLines = false;
    bool query = false, pinned = false, other = false, answer = false, hidden = false, sink = false;
    std::optional<float> value;
};

struct TokenPaint {
    QFont font, small;
    const QPalette& palette;
    const TokenValues& values;
};

void paintToken(QPainter& painter, const TokenPaint& with, const TokenLook& token);

// "[CLS]", of a sink with its share: "[CLS] 61 %".
QString sinkText(const QString& text, double share);

} // namespace headlens
