// SPDX-License-Identifier: GPL-3.0-or-later
// The files of one GGUF model: one, or several that llama.cpp split it into.
#pragma once

#include "core/checkpoint/gguf_header.h"

#include <memory>
#include <string>
#include <vector>

namespace headlens {

struct GgufParts {
    std::vector<std::unique_ptr<FileBytes>> files;
    GgufHeader header; // the settings of the first, the tensors of all
};

// `path`: the file, or any of several, which lie beside each other ("name-00002-of-00003.gguf"). Throws
// Error(FileMissing) for one that does not, Error(BadHeader) for those that do not belong together.
GgufParts openGgufParts(const std::string& path);

} // namespace headlens
