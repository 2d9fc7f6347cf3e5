// SPDX-License-Identifier: GPL-3.0-or-later
// What stands on the cards of the start page.
#pragma once

#include "widgets/start/card.h"
#include "widgets/start/gallery.h"

namespace headlens {

// `sample`: for models that look at pictures and have none of their own; null: drawn icons.
CardContent contentOf(const GalleryModel& model, const QImage& sample);
CardContent contentOf(const GalleryExample& example);

} // namespace headlens
