// SPDX-License-Identifier: GPL-3.0-or-later
// Figures that need no row: one number per token, tables of relative positions, principal components, a painted
// picture.
#pragma once

#include "core/session/run.h"
#include "core/wire/verbs.h"

#include <string>

namespace headlens {

// Methods, bias, pca, reconstruction; an empty string for other kinds.
std::string renderPlainFigure(const Run& run, const verbs::Export& request);

} // namespace headlens
