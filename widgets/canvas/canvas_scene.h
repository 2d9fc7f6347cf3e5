// SPDX-License-Identifier: GPL-3.0-or-later
// What the canvas shows in one frame, and where it lies: picture, patches, chips of special tokens, colour bar and
// caption. A value without a widget; painting and hit tests take it.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/view_transform.h"

#include <QFontMetrics>
#include <QPalette>

namespace headlens {

// Colour bar, its numbers and the caption, at the lower edge.
struct CanvasLegend {
    QRectF bar, numbers, caption;
    double height = 0;
};

struct CanvasScene {
    static constexpr double kMargin = 10; // around the picture

    const InspectionModel* model;
    const Selection* selection;
    const DisplaySettings* display;
    ViewTransform view;
    QSizeF size; // of the widget
    QFontMetrics metrics;
    QPalette palette;

    const QImage& picture() const;
    // Where the patches of a layer lie, in pixels of the shown picture.
    QRectF gridInPicture(const TokenLayout& layout) const;
    // The same in widget points.
    QRectF gridOf(const TokenLayout& layout) const { return view.toWidget(gridInPicture(layout)); }
    QSizeF contentSize() const; // of the picture and of every map over it: padding reaches beyond
    QRectF pictureArea() const; // the part of the widget left of and above chips and colour bar
    QRectF chipRect(int token) const;
    // Where a token is drawn, in widget points.
    QRectF rectOf(int token) const;
    // The token under a widget point: a patch of the picture or a chip; -1 none.
    int tokenAt(const QPointF& point) const;
    // The bar at the lower edge with its numbers below it and the caption beside them, or under them where that is too
    // narrow. Breaks the caption into lines: once a frame is enough.
    CanvasLegend legend() const;

    const TokenLayout& tokens() const; // special tokens and patches, behind the words of a mixed sequence
    bool lookedAtPicture() const;      // the rows of the chosen layer lie on patches
    bool selectionIsHere() const;      // the chosen token belongs to the picture's sequence
};

} // namespace headlens
