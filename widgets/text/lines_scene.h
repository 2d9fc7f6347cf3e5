// SPDX-License-Identifier: GPL-3.0-or-later
// Queries on the left, keys on the right: where each stands and how it is called. A value over what LinesView holds,
// without a widget.
#pragma once

#include "widgets/text/visible_lines.h"
#include "widgets/viewmodel/token_layout.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QLine>
#include <QRect>

namespace headlens {

// One column: the tokens that ask, or those that answer.
struct LinesSide {
    int stream = 0, rows = 0; // rows: how many are shown
    TokenLayout layout;
    std::vector<bool> second; // of the second text of a pair
    std::vector<bool> sinks;  // that get no lines; empty: all do
    int widest = 0;           // name, in pixels

    bool isSink(int row) const { return std::size_t(row) < sinks.size() && sinks[std::size_t(row)]; }
};

struct LinesPlace {
    bool key = false;
    int row = -1;
    bool operator==(const LinesPlace&) const = default;
};

struct LinesScene {
    Q_DECLARE_TR_FUNCTIONS(headlens::LinesScene)
public:
    static constexpr int kMargin = 4;

    const LinesSide &queries, &keys;
    bool poolsQueries = false; // one learnt query, which is no token
    int width = 0, above = 0;  // of the widget; height of what stands above the names of the columns
    QFontMetrics metrics;

    const LinesSide& side(bool key) const { return key ? keys : queries; }
    int rowHeight() const;
    int top() const { return above + rowHeight(); } // of the first row
    QRect rowRect(bool key, int row) const;         // where a token stands
    QLine placeOf(const Line& line) const;
    LinesPlace placeAt(const QPoint& point) const;
    int tokenOf(const LinesPlace& place) const; // as the selection counts; -1 none
    QString nameOf(bool key, int row, bool full) const;
};

} // namespace headlens
