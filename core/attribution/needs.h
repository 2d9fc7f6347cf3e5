// SPDX-License-Identifier: GPL-3.0-or-later
// What a method needs of a model. Each answers why a model does not give it, and which one does; empty: it does.
#pragma once

#include "core/models/transformer_model.h"

#include <string>

namespace headlens {

std::string needsScore(const ModelFacts& model);         // a class, a word or a similarity
std::string needsGradient(const ModelFacts& model);      // of such a score, through everything the model did
std::string needsOneSequence(const ModelFacts& model);   // that looks at itself, block after block; windows are one
std::string needsOneMap(const ModelFacts& model);        // the same without windows: maps [T,T]
std::string needsMapsOfOneSize(const ModelFacts& model); // one sequence without windows; it may write
std::string needsPictureScore(const ModelFacts& model);  // a picture, and the gradient of a score

} // namespace headlens
