// SPDX-License-Identifier: GPL-3.0-or-later
// What all products of linear layers on the CPU share: the result, and what follows the product. Private to
// core/tensors.
#pragma once

#include "core/kernels/panel_product.h"
#include "core/tensors/layers.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string>

namespace headlens {

// What follows the product, as the kernels take it; holds the tensors meanwhile.
class Epilogue {
public:
    Epilogue(const at::Tensor& bias, const After& after);
    RowEpilogue rows() const;
    RowEpilogue rowsFrom(std::int64_t first) const; // from column `first` on

private:
    at::Tensor m_bias, m_factor, m_scale, m_added;
    std::optional<Activation> m_activation;
};

// Of x [...,in]: [...,out], not initialised.
at::Tensor resultFor(const at::Tensor& x, std::int64_t out, at::ScalarType type);

std::string kindOf(std::int64_t in, std::int64_t out, const After& after); // for a profile

} // namespace headlens
