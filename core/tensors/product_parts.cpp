// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/product_parts.h"

#include "core/tensors/runtime.h"

#include <ATen/ATen.h>

#include <vector>

namespace headlens {
namespace {

at::Tensor denseFloats(const at::Tensor& x)
{
    return x.defined() ? x.to(at::kFloat).contiguous() : x;
}

const float* floatsOrNull(const at::Tensor& x)
{
    return x.defined() ? x.data_ptr<float>() : nullptr;
}

} // namespace

Epilogue::Epilogue(const at::Tensor& bias, const After& after)
    : m_bias(denseFloats(bias)), m_factor(denseFloats(after.factor)), m_scale(denseFloats(after.scale)),
      m_added(denseFloats(after.added)), m_activation(after.activation)
{
}

RowEpilogue Epilogue::rows() const
{
    return {floatsOrNull(m_bias), m_activation, floatsOrNull(m_factor), floatsOrNull(m_scale), floatsOrNull(m_added)};
}

RowEpilogue Epilogue::rowsFrom(std::int64_t first) const
{
    RowEpilogue moved = rows();
    for (const float** each : {&moved.bias, &moved.factor, &moved.scale, &moved.added})
        if (*each != nullptr) *each += first;
    return moved;
}

at::Tensor resultFor(const at::Tensor& x, std::int64_t out, at::ScalarType type)
{
    std::vector<std::int64_t> shape = x.sizes().vec();
    shape.back() = out;
    at::Tensor result = at::empty(shape, x.options().dtype(type));
    if (result.nbytes() > std::size_t(kAloneBytes)) // comes from the system anew: the scores of a vocabulary
        askForLargePages(result.data_ptr(), result.nbytes());
    return result;
}

std::string kindOf(std::int64_t in, std::int64_t out, const After& after)
{
    std::string kind = "linear " + std::to_string(in) + " -> " + std::to_string(out);
    if (after.activation) kind += ", activation";
    if (after.factor.defined()) kind += ", gate";
    if (after.added.defined()) kind += ", residual";
    return kind;
}

} // namespace headlens
