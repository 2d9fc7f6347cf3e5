// SPDX-License-Identifier: GPL-3.0-or-later
// The handles of oneDNN that the files of core/tensors share. Private to core/tensors.
#pragma once

#include <c10/core/ScalarType.h>

#include <dnnl.hpp>

namespace headlens {

const dnnl::engine& onednnEngine();
dnnl::stream& onednnStream(); // of the calling thread
dnnl::memory::data_type onednnType(c10::ScalarType type);
bool onednnHasBFloat16();

} // namespace headlens
