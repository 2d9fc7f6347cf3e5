// SPDX-License-Identifier: GPL-3.0-or-later
// contrast.json beside the weights of a model that was trained by contrast: {"captions": [text...], "steps": [{"step",
// "loss", "temperature", "cosines": [[number...]...]}...]}, with one row a caption and one column a picture.
#pragma once

#include "core/wire/verbs_model.h"

#include <string>

namespace headlens {

// The folder of a model: its own, or the one in which its file lies.
std::string homeOf(const std::string& modelPath);
std::string contrastFileOf(const std::string& modelPath);

// Throws Error(FileMissing | BadConfig) for files that are absent, larger than 4 MB, or whose tables are not square.
verbs::Contrast readContrast(const std::string& path);

} // namespace headlens
