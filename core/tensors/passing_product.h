// SPDX-License-Identifier: GPL-3.0-or-later
// Products with float32 weights that are packed in passing, a panel at a time: of a matrix that is a table of
// embeddings as well, or used but once, or that has to be unpacked first.
#pragma once

#include "core/tensors/layers.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>

namespace headlens {

// The rows of a matrix [out,in].
struct WeightRows {
    std::int64_t out = 0, in = 0;
    // The rows [first, first + count): where they lie, `stride` apart, or written to `room` [count,in]. Called by
    // several threads at once.
    std::function<const float*(std::int64_t first, std::int64_t count, float* room)> read;
    std::int64_t stride = 0;
    bool needsRoom = false;
};

// x [...,in], float32 on the CPU and not empty -> [...,out]. Of few rows every row of the weights is read once and
// multiplied with each.
at::Tensor multiplyInPassing(const at::Tensor& x, const WeightRows& weights, const at::Tensor& bias,
                             const After& after);

// The same with a plain tensor [out,in]. Float32 on the CPU, and nothing that needs gradients.
bool canMultiplyPlain(const at::Tensor& x, const at::Tensor& weight);
at::Tensor multiplyPlain(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, const After& after);

} // namespace headlens
