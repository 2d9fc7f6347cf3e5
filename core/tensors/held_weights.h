// SPDX-License-Identifier: GPL-3.0-or-later
// The weights of a linear layer in another form than a plain tensor, for inference on the CPU. They get no gradient.
#pragma once

#include "core/tensors/layers.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

namespace headlens {

class HeldWeights {
public:
    virtual ~HeldWeights() = default;
    HeldWeights(const HeldWeights&) = delete;
    HeldWeights& operator=(const HeldWeights&) = delete;

    // x [...,in] -> [...,out], with bias [out] (may be undefined) and what follows. Thread-safe.
    virtual at::Tensor multiply(const at::Tensor& x, const at::Tensor& bias, const After& after) const = 0;
    // The way back: gradients of the result [...,out] -> of x [...,in].
    virtual at::Tensor back(const at::Tensor& gradient) const = 0;
    // In which x is best given.
    virtual at::ScalarType type() const { return at::kFloat; }
    // float32 [out,in]; copies.
    virtual at::Tensor widen() const = 0;
    // The rows `ids` [...] int64 of a table -> float32 [...,in]. Demands 0 <= id < outputs().
    virtual at::Tensor rows(const at::Tensor& ids) const;

    std::int64_t outputs() const { return m_out; }
    std::int64_t inputs() const { return m_in; }

protected:
    HeldWeights(std::int64_t in, std::int64_t out) : m_in(in), m_out(out) {}

    const std::int64_t m_in, m_out;
};

// What `weights` make of x as a node of x's graph: there by our kernels, back by HeldWeights::back().
at::Tensor multipliedWithGradient(const at::Tensor& x, const std::shared_ptr<const HeldWeights>& weights,
                                  const at::Tensor& bias);

} // namespace headlens
