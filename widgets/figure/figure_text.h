// SPDX-License-Identifier: GPL-3.0-or-later
// Text on a sheet that is measured in points, whatever it is painted on: a screen, a PDF or an SVG break their lines
// alike.
#pragma once

#include "widgets/figure/figure_spec.h"

#include <QFont>
#include <QRectF>

class QPainter;

namespace headlens {

class FigureType {
public:
    // The family of the sheet, else Inter where it is installed, else that of the window.
    explicit FigureType(const FigureSheet& sheet, bool bold = false);

    double lineHeight() const;
    double widthOf(const QString& text) const;
    double heightOf(const QString& text, double width) const; // wrapped
    QString elided(const QString& text, double width) const;
    // `flags` as of QPainter::drawText; turned: read from below to above.
    void draw(QPainter& painter, const QRectF& rect, int flags, const QString& text, bool turned = false) const;

private:
    static constexpr double kFine = 16; // font pixels a point: a font has whole pixels
    QFont m_font;
};

// Pieces of a vocabulary as people read them, laid in lines.
struct FigureWord {
    QRectF rect; // from the upper left corner of the panel
    QString text;
};
std::vector<FigureWord> layOutWords(const QStringList& pieces, const FigureType& type, double width);
double heightOf(const std::vector<FigureWord>& words);

} // namespace headlens
