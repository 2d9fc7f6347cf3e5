// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/onednn.h"

namespace headlens {

const dnnl::engine& onednnEngine()
{
    static const dnnl::engine kEngine(dnnl::engine::kind::cpu, 0);
    return kEngine;
}

dnnl::stream& onednnStream()
{
    thread_local dnnl::stream stream(onednnEngine());
    return stream;
}

dnnl::memory::data_type onednnType(c10::ScalarType type)
{
    return type == c10::ScalarType::BFloat16 ? dnnl::memory::data_type::bf16 : dnnl::memory::data_type::f32;
}

bool onednnHasBFloat16()
{
    const dnnl::cpu_isa isa = dnnl::get_effective_cpu_isa();
    return isa == dnnl::cpu_isa::avx512_core_bf16 || isa == dnnl::cpu_isa::avx512_core_amx;
}

} // namespace headlens
