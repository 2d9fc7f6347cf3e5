// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/stored_linear.h"

#include "core/kernels/number_formats.h"
#include "core/kernels/workers.h"
#include "core/tensors/bridge.h"
#include "core/tensors/passing_product.h"
#include "core/tensors/product_parts.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <atomic>
#include <utility>
#include <vector>

namespace headlens {
namespace {

constexpr std::int64_t kPieceNumbers = 1 << 16; // as many as are worth a thread

std::int64_t rowsOfPiece(const StoredMatrix& matrix)
{
    return std::max<std::int64_t>(kPieceNumbers / std::max<std::int64_t>(matrix.columns, 1), 1);
}

} // namespace

void StoredMatrix::unpack(std::int64_t first, std::int64_t count, float* floats) const
{
    const std::int64_t each = bytes.size(1);
    const auto* const from = reinterpret_cast<const std::byte*>(bytes.data_ptr<std::uint8_t>()) + first * each;
    unpackBlocks(format, from, count * each / blockSizeOf(format).bytes, floats);
}

bool allFinite(const StoredMatrix& matrix)
{
    std::atomic<bool> finite = true;
    const std::int64_t each = rowsOfPiece(matrix), rows = matrix.rows();
    parallelFor((rows + each - 1) / each, 1, [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> piece(std::size_t(each * matrix.columns));
        for (std::int64_t row = begin * each; finite && row < std::min(end * each, rows); row += each) {
            const std::int64_t count = std::min(each, rows - row);
            matrix.unpack(row, count, piece.data());
            if (!allFinite(piece.data(), count * matrix.columns)) finite = false;
        }
    });
    return finite;
}

StoredLinear::StoredLinear(StoredMatrix matrix)
    : HeldWeights(matrix.columns, matrix.rows()), m_matrix(std::move(matrix))
{
}

at::Tensor StoredLinear::multiply(const at::Tensor& x, const at::Tensor& bias, const After& after) const
{
    if (x.numel() == 0) return resultFor(x, m_out, at::kFloat);
    const auto read = [this](std::int64_t first, std::int64_t count, float* room) -> const float* {
        m_matrix.unpack(first, count, room);
        return room;
    };
    return multiplyInPassing(x.to(at::kFloat), {m_out, m_in, read, m_in, /*needsRoom=*/true}, bias, after);
}

at::Tensor StoredLinear::back(const at::Tensor& gradient) const
{
    constexpr std::int64_t kTogether = 1 << 22; // numbers that are unpacked at once
    const std::int64_t each = std::clamp<std::int64_t>(kTogether / std::max<std::int64_t>(m_in, 1), 1, m_out);
    const at::Tensor left = gradient.to(at::kFloat).reshape({-1, m_out}), rows = emptyFloats({each, m_in}),
                     sum = at::zeros({left.size(0), m_in}, left.options());
    for (std::int64_t first = 0; first < m_out; first += each) {
        const std::int64_t count = std::min(each, m_out - first), together = rowsOfPiece(m_matrix);
        parallelFor(count, together, [&](std::int64_t begin, std::int64_t end) {
            m_matrix.unpack(first + begin, end - begin, rows.data_ptr<float>() + begin * m_in);
        });
        sum.addmm_(left.slice(1, first, first + count), rows.slice(0, 0, count));
    }
    std::vector<std::int64_t> shape = gradient.sizes().vec();
    shape.back() = m_in;
    return sum.view(shape);
}

at::Tensor StoredLinear::widen() const
{
    at::Tensor matrix = emptyFloats({m_out, m_in});
    parallelFor(m_out, rowsOfPiece(m_matrix), [&](std::int64_t begin, std::int64_t end) {
        m_matrix.unpack(begin, end - begin, matrix.data_ptr<float>() + begin * m_in);
    });
    return matrix;
}

at::Tensor StoredLinear::rows(const at::Tensor& ids) const
{
    const at::Tensor which = ids.to(at::kLong).contiguous();
    std::vector<std::int64_t> shape = ids.sizes().vec();
    shape.push_back(m_in);
    at::Tensor found = at::empty(shape, at::kFloat);
    for (std::int64_t i = 0; i < which.numel(); ++i)
        m_matrix.unpack(which.data_ptr<std::int64_t>()[i], 1, found.data_ptr<float>() + i * m_in);
    return found;
}

} // namespace headlens
