// SPDX-License-Identifier: GPL-3.0-or-later
// Between tensors and bytes: the only place that knows how torch memory looks.
#pragma once

#include "core/base/float_array.h"
#include "core/wire/safetensors.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace headlens {

// One copy to CPU when needed; the bytes share the tensor's memory. Float kinds become F32 unless `keepType`.
TensorBytes toBytes(std::string name, const at::Tensor& tensor, bool keepType = false);

// An owned tensor from raw little-endian bytes (any alignment). Throws Error(BadWeights) for number formats that
// LibTorch cannot hold (float8, sub-byte, unsigned wider than 8 bits).
at::Tensor fromBytes(std::span<const std::byte> data, DType dtype, const std::vector<std::int64_t>& shape,
                     const std::string& name);

// Whether widen() takes a format: F16, BF16 and F32.
bool canWiden(DType dtype);
// The values of whole numbers of bytes [n * width] as float32 [n].
void widen(std::span<const std::byte> data, DType dtype, float* floats);

// float32 on the CPU, not initialised, in large pages where it is large.
at::Tensor emptyFloats(const std::vector<std::int64_t>& shape);

// As fromBytes(), but as float32 in one pass over the bytes.
at::Tensor floatsFromBytes(std::span<const std::byte> data, DType dtype, const std::vector<std::int64_t>& shape,
                           const std::string& name);

bool allFinite(const at::Tensor& tensor); // float32 on the CPU

// The values as float32, rows first. Copies.
FloatArray toArray(const at::Tensor& tensor);
std::vector<float> toFloats(const at::Tensor& tensor);

// Runs `work` and turns every foreign exception (LibTorch, OpenCV, bad_alloc) into an Error; ours pass through.
void guarded(const std::function<void()>& work);

} // namespace headlens
