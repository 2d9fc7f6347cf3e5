// SPDX-License-Identifier: GPL-3.0-or-later
// The weights of a linear layer, or a table of embeddings, in memory as a file stores them: 16-bit numbers, or blocks
// of a quantised format. A few rows are unpacked at a time, by every thread into a room of its own; the numbers are
// those of the widened matrix.
#pragma once

#include "core/kernels/block_formats.h"
#include "core/tensors/held_weights.h"

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace headlens {

struct StoredMatrix {
    BlockFormat format = BlockFormat::F16;
    at::Tensor bytes; // [rows, bytes of a row] uint8 on the CPU; on the meta device: as yet without values
    std::int64_t columns = 0;

    std::int64_t rows() const { return bytes.size(0); }
    // Whole blocks only. The bytes must be there.
    void unpack(std::int64_t first, std::int64_t count, float* floats) const; // rows -> [count,columns]
};

bool allFinite(const StoredMatrix& matrix);

class StoredLinear : public HeldWeights {
public:
    explicit StoredLinear(StoredMatrix matrix);
    at::Tensor multiply(const at::Tensor& x, const at::Tensor& bias, const After& after) const override;
    at::Tensor back(const at::Tensor& gradient) const override;
    at::Tensor widen() const override;
    at::Tensor rows(const at::Tensor& ids) const override;

private:
    StoredMatrix m_matrix;
};

} // namespace headlens
