// SPDX-License-Identifier: GPL-3.0-or-later
// Small products by the BLAS inside LibTorch, which takes one thread inside a parallel loop.
#include "core/tensors/small_product.h"

#include <ATen/ATen.h>

namespace headlens {

struct SmallProduct::Kernel {
    ProductExtents extents;
};

SmallProduct::SmallProduct(const ProductExtents& extents) : m_kernel(std::make_unique<Kernel>(Kernel{extents})) {}

SmallProduct::~SmallProduct() = default;
SmallProduct::SmallProduct(SmallProduct&&) noexcept = default;
SmallProduct& SmallProduct::operator=(SmallProduct&&) noexcept = default;

void SmallProduct::run(float* a, float* b, float* c)
{
    const ProductExtents& x = m_kernel->extents;
    const auto rowsOf = [](float* at, std::int64_t rows, std::int64_t columns, std::int64_t stride) {
        return at::from_blob(at, {rows, columns}, {stride, 1}, at::kFloat);
    };
    at::Tensor result = rowsOf(c, x.rows, x.columns, x.columns);
    at::mm_out(result, rowsOf(a, x.rows, x.inner, x.strideA), rowsOf(b, x.inner, x.columns, x.strideB));
}

} // namespace headlens
