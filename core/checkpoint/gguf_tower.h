// SPDX-License-Identifier: GPL-3.0-or-later
// The tower of a model that sees, which llama.cpp keeps in a file of its own ("mmproj-..."): as LLaVA's parts in the
// words of Hugging Face.
#pragma once

#include "core/checkpoint/gguf_layout.h"

#include <string>
#include <vector>

namespace headlens {

bool isGgufTower(const GgufSettings& settings); // general.architecture "clip"

// "vision_config" of CLIP, "projector_type" as the file says it, and the layer that is read: files leave out the last
// block, so that the last one present is it.
Json ggufTowerConfig(const GgufHeader& header);

// Tensors under the names of CLIP ("vision_model.") and of LLaVA's projector. Old files swap the two layers of the
// MLPs: the first is the one that reads as many numbers as the tower is wide.
std::vector<GgufView> ggufTowerViews(const GgufHeader& header);

// The file of a tower beside the model in `file`, by its name; empty without.
std::string ggufTowerBeside(const std::string& file);

} // namespace headlens
