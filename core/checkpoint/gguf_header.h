// SPDX-License-Identifier: GPL-3.0-or-later
// The part of a GGUF file before its values: settings by key, and where each tensor lies. Versions 2 and 3,
// little-endian (github.com/ggml-org/ggml, docs/gguf.md).
#pragma once

#include "core/checkpoint/byte_cursor.h"
#include "core/checkpoint/gguf_settings.h"
#include "core/checkpoint/gguf_types.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headlens {

struct GgufTensor {
    std::string name;
    const GgufType* type = nullptr;
    std::vector<std::int64_t> shape; // rows first, as torch has it: the reverse of the file
    std::uint64_t offset = 0;        // of its values in the file
    std::uint64_t bytes = 0;
    std::size_t file = 0; // which of the files of a model in several
};

struct GgufHeader {
    GgufSettings settings;
    std::vector<GgufTensor> tensors; // in the order of the file
};

// For messages: as it is stored, but for what is no printable ASCII, and not endless.
std::string shownName(std::string_view stored);

// Checks every rule of the format before memory is taken for what the file announces. Throws Error(WrongContent |
// Truncated | BadHeader).
GgufHeader readGguf(const ByteSource& source);

} // namespace headlens
