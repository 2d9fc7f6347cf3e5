// SPDX-License-Identifier: GPL-3.0-or-later
// Covered patches of a picture: changes of the kinds cover-mean, cover-blur and cover-zero (core/wire/changes.h).
#pragma once

namespace headlens {

struct Run;

// Replaces the pixels of the patches that the run's request covers, counted row by row from 0: in what the model reads
// [1,C,H,W] and in the picture of it that is shown. Throws Error(BadRequest) where no picture is read, and for patches
// beside it.
void coverPatches(Run& run);

} // namespace headlens
