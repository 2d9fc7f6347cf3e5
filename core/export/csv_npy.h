// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as text and as NumPy arrays.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace headlens {

// NumPy's .npy, version 1.0, little-endian float32, C order.
std::string npy(std::span<const float> values, const std::vector<std::int64_t>& shape);

// One line per row, nine significant digits (enough to restore a float32); `header` stands on the first line if not
// empty.
std::string csv(std::span<const float> values, std::size_t columns, const std::string& header);

} // namespace headlens
