// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/read_floats.h"

#include "core/base/error.h"
#include "core/kernels/workers.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <span>

namespace headlens {

at::Tensor floatsFromFile(const FileSlice& from, DType dtype, const std::vector<std::int64_t>& shape,
                          const std::string& name)
{
    constexpr std::int64_t kPiece = 64 << 10; // numbers; their bytes stay in the second cache
    const std::int64_t width = std::int64_t(bitsOf(dtype)) / 8;
    at::Tensor tensor = emptyFloats(shape);
    if (std::uint64_t(tensor.numel() * width) != from.bytes)
        throw Error(ErrorCode::BadWeights, name, "has bytes that do not fit its shape");
    parallelFor((tensor.numel() + kPiece - 1) / kPiece, 1, [&](std::int64_t begin, std::int64_t end) {
        std::vector<std::byte> piece(std::size_t(kPiece * width));
        for (std::int64_t at = begin * kPiece; at < std::min(end * kPiece, tensor.numel()); at += kPiece) {
            const std::int64_t count = std::min(kPiece, tensor.numel() - at);
            float* const floats = tensor.data_ptr<float>() + at;
            // What is float32 already needs no stop in between.
            const auto bytes = dtype == DType::F32 ? std::as_writable_bytes(std::span(floats, std::size_t(count)))
                                                   : std::span(piece).first(std::size_t(count * width));
            from.file->read(from.offset + std::uint64_t(at * width), bytes);
            if (dtype != DType::F32) widen(bytes, dtype, floats);
        }
    });
    return tensor;
}

at::Tensor floatsFromRows(const Container& container, std::size_t index, std::int64_t first,
                          const std::vector<std::int64_t>& shape)
{
    constexpr std::int64_t kPiece = 64 << 10; // numbers
    at::Tensor tensor = emptyFloats(shape);
    if (tensor.numel() == 0) return tensor;
    const std::int64_t width = shape.back(), rows = tensor.numel() / width,
                       each = std::max(kPiece / width, std::int64_t{1});
    parallelFor((rows + each - 1) / each, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin * each; row < std::min(end * each, rows); row += each) {
            const std::int64_t count = std::min(each, rows - row) * width;
            container.readRows(index, first + row, {tensor.data_ptr<float>() + row * width, std::size_t(count)});
        }
    });
    return tensor;
}

} // namespace headlens
