// SPDX-License-Identifier: GPL-3.0-or-later
// Which token is which: special tokens first, then the patches row by row, then what else there is.
#pragma once

#include "core/wire/block_grid.h"

#include <QPoint>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <vector>

namespace headlens {

struct TokenLayout {
    QStringList prefix; // pieces of text, then "cls", "dist", ...
    int gridHeight = 0, gridWidth = 0;
    verbs::BlockGrid block = {}; // of the layer; stages of a Swin have maps of their own
    PictureGrid first = {};      // the map of the first layer, in which selections count
    int text = 0;                // how many of the prefix are pieces of text
    QStringList behind = {};     // pieces of text after a picture that stands among the words

    // The keys of a layer, which a row of it counts; of a layer that does not exist the first stream.
    static TokenLayout from(const verbs::ModelInfo& model, const verbs::InputInfo& input, int layer = 0);
    static TokenLayout ofStream(const verbs::ModelInfo& model, const verbs::InputInfo& input, int stream);
    // Of a sequence of words with a picture among them: its tokens as patches where they lie on the picture. Without
    // patches where it has no picture, or several, of which nobody says what lies where.
    static TokenLayout amongWords(const verbs::InputInfo& input, int stream);

    // A token of the first map -> the token of this one that covers it, and the one in its middle back; -1 stays.
    int parentToken(int token) const;
    int middle(int token) const;
    // Which patches a token of this map can see at all; empty: all of them.
    std::vector<bool> reachable(int token, const std::vector<int>& hidden) const;

    int tokens() const { return int(prefix.size()) + patches() + int(behind.size()); }
    int patches() const { return gridHeight * gridWidth; }
    bool isPicture() const { return gridWidth > 0; }
    // Leading tokens that colours do not count: beside patches everything else, of a text nothing.
    int excluded() const { return isPicture() ? int(prefix.size()) : 0; }
    bool isPatch(int token) const { return token >= prefix.size() && token < int(prefix.size()) + patches(); }
    bool isBehind(int token) const { return token >= int(prefix.size()) + patches() && token < tokens(); }
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
