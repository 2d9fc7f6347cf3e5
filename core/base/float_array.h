// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers in rows, rows in tables: what engine and window hand each other of a tensor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace headlens {

// Row-major; as many values as the product of the shape. No shape: nothing is there.
struct FloatArray {
    std::vector<std::int64_t> shape;
    std::vector<float> values;

    FloatArray() = default;
    FloatArray(std::vector<std::int64_t> extents, std::vector<float> numbers)
        : shape(std::move(extents)), values(std::move(numbers))
    {
    }
    bool empty() const { return values.empty(); }
    int extent(std::size_t dimension) const { return dimension < shape.size() ? int(shape[dimension]) : 0; }
    // rows() x columns(), and all of them are there.
    bool isTable() const { return shape.size() == 2 && !values.empty(); }
    int rows() const { return extent(0); }
    int columns() const { return extent(1); }
    // The i-th along the first dimension.
    std::span<const float> part(int i) const
    {
        const std::size_t size = shape.empty() || shape[0] == 0 ? 0 : values.size() / std::size_t(shape[0]);
        return std::span(values).subspan(std::size_t(i) * size, size);
    }
};

} // namespace headlens
