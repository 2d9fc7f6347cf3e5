// SPDX-License-Identifier: GPL-3.0-or-later
// Which token is which: special tokens first, then the patches row by row.
#pragma once

#include "core/wire/verbs.h"

#include <QPoint>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <QStringList>

namespace headlens {

struct TokenLayout {
    QStringList prefix; // "cls", "dist", ...
    int gridHeight = 0, gridWidth = 0;

    static TokenLayout from(const verbs::ModelInfo& model, const verbs::InputInfo& input);

    int tokens() const { return int(prefix.size()) + gridHeight * gridWidth; }
    int patches() const { return gridHeight * gridWidth; }
    bool isPatch(int token) const { return token >= prefix.size() && token < tokens(); }
    QPoint cell(int token) const;                                // column, row of a patch
    int tokenAt(int column, int row) const;                      // -1 outside
    int tokenAt(const QPointF& point, const QRectF& grid) const; // -1 outside; `grid` is where all patches lie
    QRectF rectOf(int token, const QRectF& grid) const;
    // One step in the grid; from the special tokens down or right into it and back.
    int moved(int token, int dx, int dy) const;
    // "CLS", "patch (row 3, column 5)", in the language of the window.
    QString name(int token) const;
    QString shortName(int token) const; // "CLS", "3,5"
};

} // namespace headlens
