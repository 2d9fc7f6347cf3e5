// SPDX-License-Identifier: GPL-3.0-or-later
// Values of stored tensors as float32, read and converted by all threads, a piece at a time: no second copy of a tensor
// is written and read meanwhile.
#pragma once

#include "core/checkpoint/container.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

// Of a format that canWiden() takes. Throws Error(BadWeights) where the bytes do not fit the shape.
at::Tensor floatsFromFile(const FileSlice& from, DType dtype, const std::vector<std::int64_t>& shape,
                          const std::string& name);

// Of a packed matrix (or stack of them) as many rows from `first` on as `shape` has.
at::Tensor floatsFromRows(const Container& container, std::size_t index, std::int64_t first,
                          const std::vector<std::int64_t>& shape);

} // namespace headlens
