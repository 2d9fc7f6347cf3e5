// SPDX-License-Identifier: GPL-3.0-or-later
// Figures and numbers of a run as finished files; window and command line share this.
#pragma once

#include "core/session/run.h"
#include "core/wire/verbs.h"

#include <string>

namespace headlens {

// The bytes of one file. Throws Error(BadRequest) for an unknown kind, layer, head or token.
std::string renderExport(const Run& run, const verbs::Export& request);

// A map or grid as pixels, as its PNG shows it. Throws as renderExport().
Image8 renderPicture(const Run& run, const verbs::Export& request);

// "auto" (cls, or the patch in the middle), "cls", "dist" or a number as a token index. Throws Error(Usage).
int tokenFrom(const std::string& text, const verbs::ModelInfo& model, const verbs::InputInfo& input);

// "cls", "dist", "patch 3,4": how a token of a map is called in captions and headers.
std::string tokenName(int token, const verbs::ModelInfo& model, int gridWidth);

} // namespace headlens
