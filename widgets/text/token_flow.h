// SPDX-License-Identifier: GPL-3.0-or-later
// Where the tokens of a text stand when they flow into lines: tokens of a word without a gap, words whole on a line.
// A value without a widget; finding a token takes the logarithm of their number.
#pragma once

#include "widgets/text/token_pieces.h"

#include <QRectF>

#include <utility>
#include <vector>

namespace headlens {

class TokenFlow {
public:
    static constexpr int kGap = 4, kPad = 6, kJoint = 1; // between words; inside of their ends; where two tokens meet

    // Of tokens [begin, begin + widths.size()) of `pieces`; `widths` are those of their texts. The first line begins
    // behind `lead`.
    void arrange(const std::vector<TokenPiece>& pieces, int begin, const std::vector<double>& widths, double height,
                 double width, double lead);

    double bottom() const { return m_rects.empty() ? m_height : m_rects.back().bottom(); }
    QRectF rectOf(int token) const;                                     // empty: there is none
    int tokenAt(const QPointF& point) const;                            // -1: none; of a folded run its first
    std::pair<int, int> tokensBetween(double top, double bottom) const; // [first, end) of those on these lines
    int above(int token, int lines) const; // the nearest one so many lines above; below 0: below

private:
    int lineBegin(double top) const; // index of the first rectangle that ends below

    int m_begin = 0;
    double m_height = 0;
    std::vector<QRectF> m_rects; // row by row; those of a folded run are the same
};

} // namespace headlens
