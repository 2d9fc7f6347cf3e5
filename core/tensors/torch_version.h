// SPDX-License-Identifier: GPL-3.0-or-later
// What differs between the versions of LibTorch that HeadLens is built against (1.13, and 2.7 or newer): the rest of
// the code compiles for all of them. A difference that is found belongs here.
#pragma once

#include <ATen/core/Tensor.h>

namespace headlens {

// softmax(q k^T scale + added) v in one kernel of the device: q [B,H,N,d], k and v [B,H,M,d], added [B|1,H|1,N,M] or
// undefined -> [B,H,N,d]. Undefined where this version has none that takes a scale (before 2.4).
at::Tensor fusedAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& added,
                          double scale);

} // namespace headlens
