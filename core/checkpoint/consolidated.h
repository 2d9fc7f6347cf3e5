// SPDX-License-Identifier: GPL-3.0-or-later
// Language models as Meta and Mistral give them out: params.json beside consolidated.00.pth (and .01 and so on, each a
// slice of every matrix) or consolidated.safetensors.
#pragma once

#include "core/checkpoint/container.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace headlens {

// consolidated.safetensors, its index, or consolidated.00.pth lies in it.
bool holdsConsolidated(const std::filesystem::path& folder);
// "consolidated.00.pth", "consolidated.safetensors".
bool isConsolidatedFile(const std::string& name);

// All of them as one model, with the names, shapes and order of rows of Hugging Face, and what config.json would say.
// Throws Error(PartMissing) where params.json or a file of several is not there, and for damaged ones.
std::unique_ptr<Container> openConsolidated(const std::filesystem::path& folder);

// The name in the files of Hugging Face; the name itself where it has none.
std::string consolidatedName(const std::string& stored);

// Along which axis the parts of a tensor lie in files of several; -1: each file has the whole.
int consolidatedAxis(const std::string& stored);

} // namespace headlens
