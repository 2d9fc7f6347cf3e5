// SPDX-License-Identifier: GPL-3.0-or-later
// Small products by the system's oneDNN 2.
#include "core/tensors/onednn.h"
#include "core/tensors/small_product.h"

#include <omp.h>

#include <unordered_map>

namespace headlens {
namespace {

using dnnl::memory;

memory::desc rowsOf(std::int64_t rows, std::int64_t columns, std::int64_t stride)
{
    return {{rows, columns}, memory::data_type::f32, memory::dims{stride, 1}};
}

// While it lives, oneDNN plans for the calling thread alone.
class OneThread {
public:
    OneThread() : m_before(omp_get_max_threads()) { omp_set_num_threads(1); }
    ~OneThread() { omp_set_num_threads(m_before); }
    OneThread(const OneThread&) = delete;
    OneThread& operator=(const OneThread&) = delete;

private:
    int m_before;
};

} // namespace

struct SmallProduct::Kernel {
    Kernel(const memory::desc& a, const memory::desc& b, const memory::desc& c)
        : product(dnnl::matmul::primitive_desc({a, b, c}, onednnEngine())),
          arguments{{DNNL_ARG_SRC, memory(a, onednnEngine(), nullptr)},
                    {DNNL_ARG_WEIGHTS, memory(b, onednnEngine(), nullptr)},
                    {DNNL_ARG_DST, memory(c, onednnEngine(), nullptr)}}
    {
    }
    dnnl::matmul product;
    std::unordered_map<int, memory> arguments;
};

SmallProduct::SmallProduct(const ProductExtents& x)
{
    const OneThread plan;
    m_kernel = std::make_unique<Kernel>(rowsOf(x.rows, x.inner, x.strideA), rowsOf(x.inner, x.columns, x.strideB),
                                        rowsOf(x.rows, x.columns, x.columns));
}

SmallProduct::~SmallProduct() = default;
SmallProduct::SmallProduct(SmallProduct&&) noexcept = default;
SmallProduct& SmallProduct::operator=(SmallProduct&&) noexcept = default;

void SmallProduct::run(float* a, float* b, float* c)
{
    m_kernel->arguments.at(DNNL_ARG_SRC).set_data_handle(a);
    m_kernel->arguments.at(DNNL_ARG_WEIGHTS).set_data_handle(b);
    m_kernel->arguments.at(DNNL_ARG_DST).set_data_handle(c);
    m_kernel->product.execute(onednnStream(), m_kernel->arguments);
}

} // namespace headlens
