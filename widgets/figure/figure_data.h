// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers and pictures of a figure, as the engine answered them: all that painting needs.
#pragma once

#include "widgets/figure/figure_spec.h"

#include <QImage>
#include <QRectF>

#include <algorithm>
#include <vector>

namespace headlens {

struct FigurePanel {
    std::vector<float> values;         // of the patches row by row, or of the words; empty: see `why`
    int gridHeight = 0, gridWidth = 0; // 0: words
    std::vector<bool> kept;            // which of them the query can see; empty: all
    int query = -1;                    // the patch or word that asks; -1: none of them
    QRectF grid = QRectF(0, 0, 1, 1);  // where the patches lie, in shares of the picture
    QImage picture;                    // what the model looked at
    QStringList words;                 // as the vocabulary writes them
    bool isSigned = false;             // some numbers may be below 0
    QString why;                       // nothing is there: one sentence
    bool isPlain() const { return values.empty() && why.isEmpty(); } // the picture alone
    bool isText() const { return gridWidth == 0 && !words.isEmpty(); }
};

// Which model and which input the numbers are of: for captions and metadata.
struct FigureSource {
    QString name, sha256;
    bool operator==(const FigureSource&) const = default;
};

// What of a description is wrong, and where it is chosen.
enum class FigureField : std::uint8_t { Rows, Columns, Layer, Head, Query, Map };
struct FigureProblem {
    FigureField field;
    QString sentence;
    bool operator==(const FigureProblem&) const = default;
};

struct FigureData {
    FigureContent content; // as asked, its rows and columns resolved: every layer, head and method is named
    int rows = 0, columns = 0;
    std::vector<FigurePanel> panels; // row by row
    std::vector<FigureSource> models, inputs;
    QStringList rowNames, columnNames; // of each line; empty of FigureAxis::None
    std::vector<FigureProblem> problems;
    QString query, map; // what the caption calls the query and the map, where they are the same everywhere
    const FigurePanel& at(int row, int column) const
    {
        return panels[std::size_t(row) * std::size_t(columns) + std::size_t(column)];
    }
    bool isEmpty() const { return panels.empty(); }
    int maps() const // panels that are more than the picture alone
    {
        return int(std::ranges::count_if(panels, [](const FigurePanel& panel) { return !panel.isPlain(); }));
    }
};

} // namespace headlens
