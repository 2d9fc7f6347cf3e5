// SPDX-License-Identifier: GPL-3.0-or-later
// What the canvas shows in one frame, and where it lies: picture, patches, chips of special tokens, colour bar and
// caption. A value without a widget; painting and hit tests take it.
#pragma once

#include "widgets/canvas/canvas_map.h"
#include "widgets/canvas/canvas_place.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/view_transform.h"

#include <QFontMetrics>
#include <QPalette>

#include <memory>

namespace headlens {

// The colour bar at the right lower side, its numbers left of it, and the caption in one line below everything.
struct CanvasLegend {
    QRectF bar, numbers, caption;
    double right = 0, height = 0; // what they take of the canvas: bar and numbers, caption
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
    mutable std::shared_ptr<const CanvasMap> computed = nullptr; // what map() answers: once a frame
    std::shared_ptr<const CanvasMap> minus = nullptr;            // of another canvas, to be taken away; null: nothing

    const QImage& picture() const;
    bool showsOriginal() const; // in all its pixels, not as the model sees it
    const CanvasMap& map() const;
    // As wished, or as heat where the numbers cannot be shown so.
    OverlayStyle style() const;
    bool paintsMap() const; // there are numbers of patches, and nothing else is shown instead

    PicturePlace place() const;
    // Where the patches of a layer lie, in points of the content.
    QRectF gridInPicture(const TokenLayout& layout) const;
    // The same in widget points.
    QRectF gridOf(const TokenLayout& layout) const { return view.toWidget(gridInPicture(layout)); }
    QSizeF pictureSize() const;   // of the picture and of every map over it: padding reaches beyond
    QSizeF contentSize() const;   // of both where the map lies beside the picture
    QPointF besideOffset() const; // from the picture to the map beside it, in points of the content; else none
    CanvasScene beside() const;   // this one, where the map lies beside the picture
    QRectF pictureArea() const;   // the part of the widget between chips, colour bar and caption
    QRectF chipRect(int token) const;
    // Where a token is drawn, in widget points.
    QRectF rectOf(int token) const;
    // The token under a widget point: a patch of the picture or a chip; -1 none.
    int tokenAt(const QPointF& point) const;
    QPoint patchAt(const QPointF& point) const; // of the picture's own grid, column and row; negative: none
    CanvasLegend legend() const;

    const TokenLayout& tokens() const; // special tokens and patches, behind the words of a mixed sequence
    bool lookedAtPicture() const;      // the rows of the chosen layer lie on patches
    bool selectionIsHere() const;      // the chosen token belongs to the picture's sequence
};

} // namespace headlens
