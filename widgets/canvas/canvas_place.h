// SPDX-License-Identifier: GPL-3.0-or-later
// Where the shown picture, the part of it that the model sees and the patches lie, as arithmetic. In points of the
// content: pixels of the shown picture, counted from the upper left corner of everything.
#pragma once

#include "core/wire/verbs.h"

#include <QRectF>
#include <QSize>

namespace headlens {

struct PicturePlace {
    QRectF picture;  // all of it
    QRectF seen;     // what the model sees; a fit that pads reaches beyond the picture
    QSizeF perPixel; // how large a pixel that the model sees is here: of a squashed picture not square

    // A grid whose cells are `cell` pixels wide that the model sees. Sides that are no multiple of the patch lose their
    // rest or are padded, so it may differ from `seen`.
    QRectF grid(int columns, int rows, int cell) const
    {
        return {seen.topLeft(), QSizeF(columns * cell * perPixel.width(), rows * cell * perPixel.height())};
    }
};

// `shown` is the size of the picture that is shown: of the original, or of one that covers what the model sees.
PicturePlace placeOf(const verbs::InputInfo& input, const QSize& shown, bool isOriginal);

} // namespace headlens
