// SPDX-License-Identifier: GPL-3.0-or-later
// A product of small float32 matrices that one thread computes again and again, for what runs inside a parallel loop.
#pragma once

#include <cstdint>
#include <memory>

namespace headlens {

// a [rows,inner] x b [inner,columns]; the strides between their rows, the columns dense.
struct ProductExtents {
    std::int64_t rows, inner, columns;
    std::int64_t strideA, strideB;
};

// Made and used by one thread only.
class SmallProduct {
public:
    explicit SmallProduct(const ProductExtents& extents);
    ~SmallProduct();
    SmallProduct(SmallProduct&&) noexcept;
    SmallProduct& operator=(SmallProduct&&) noexcept;
    void run(float* a, float* b, float* c); // c [rows,columns], dense; a and b are only read

private:
    struct Kernel;
    std::unique_ptr<Kernel> m_kernel;
};

} // namespace headlens
