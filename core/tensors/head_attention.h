// SPDX-License-Identifier: GPL-3.0-or-later
// softmax(q k^T * scale + bias + mask) v for inference on the CPU: head by head, some queries at a time, so that the
// scores stay in the cache of the core that made them.
#pragma once

#include <ATen/core/Tensor.h>

namespace headlens {

// Whether attendHeads() takes these tensors (float32 on the CPU, no gradients).
bool canAttendHeads(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v);

// q [B,H,Nq,d], k [B,H,Nk,d], v [B,H,Nk,e], any strides with dense last dimension; bias [1 or B,H or 1,Nq,Nk] and mask
// [1 or B,1 or H,Nq,Nk] may be undefined. Answers the heads side by side, [B,Nq,H*e], as
// float32 or bfloat16.
at::Tensor attendHeads(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                       const at::Tensor& bias, const at::Tensor& mask, at::ScalarType result);

} // namespace headlens
