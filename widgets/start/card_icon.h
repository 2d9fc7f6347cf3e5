// SPDX-License-Identifier: GPL-3.0-or-later
// Small drawings for cards, in the colours of the theme: no picture files, sharp at every size.
#pragma once

#include "widgets/start/gallery.h"

#include <QPalette>
#include <QRectF>

class QPainter;

namespace headlens {

enum class CardIcon : int { Picture, Windows, Words, PictureAndWords, Translation, Model };

// By what its name says; the engine's list says no more about a model that is not open.
CardIcon iconOf(const GalleryModel& model);

void paintIcon(QPainter& painter, const QRectF& square, CardIcon icon, const QPalette& colors);

} // namespace headlens
