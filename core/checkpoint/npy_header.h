// SPDX-License-Identifier: GPL-3.0-or-later
// The header of NumPy's .npy format (numpy.lib.format, versions 1 to 3): type, order and shape of one array.
#pragma once

#include "core/wire/dtype.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headlens {

struct NpyHeader {
    std::optional<DType> dtype; // nothing: an object, or numbers of a type that no weight has
    bool columnMajor = false;
    std::vector<std::int64_t> shape;
    std::size_t dataOffset = 0;
};

// From the first bytes of an array; kMostNpyHeader are enough. Throws Error(BadHeader) with `subject` for everything
// that is damaged.
inline constexpr std::size_t kMostNpyHeader = 4096;
NpyHeader parseNpyHeader(std::span<const std::byte> bytes, const std::string& subject);

} // namespace headlens
