// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_place.h"

#include <algorithm>

namespace headlens {

PicturePlace placeOf(const verbs::InputInfo& input, const QSize& shown, bool isOriginal)
{
    PicturePlace place{QRectF({0, 0}, QSizeF(shown)), QRectF({0, 0}, QSizeF(shown)), {1, 1}};
    if (isOriginal && input.region.size() == 4 && input.originalWidth > 0 && input.originalHeight > 0) {
        // The original travels smaller than it is where it is very large.
        const double x = double(shown.width()) / input.originalWidth, y = double(shown.height()) / input.originalHeight;
        place.seen = {input.region[0] * x, input.region[1] * y, input.region[2] * x, input.region[3] * y};
    }
    if (input.seenWidth > 0 && input.seenHeight > 0)
        place.perPixel = {place.seen.width() / input.seenWidth, place.seen.height() / input.seenHeight};
    const QPointF corner(std::max(0.0, -place.seen.left()), std::max(0.0, -place.seen.top()));
    place.picture.translate(corner);
    place.seen.translate(corner);
    return place;
}

} // namespace headlens
