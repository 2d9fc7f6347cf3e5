// SPDX-License-Identifier: GPL-3.0-or-later
// Recognises whose names a checkpoint uses and maps them to the Hugging Face names the models ask for
// (spec/formats.md section 3). A new layout is one more row of the table in layouts.cpp.
#pragma once

#include "core/checkpoint/container.h"

#include <map>
#include <string>
#include <vector>

namespace headlens {

// Where a canonical tensor is found: the whole stored tensor, or one of the three row blocks of a fused q, k, v.
struct TensorView {
    std::size_t index = 0;
    int third = -1; // 0 query, 1 key, 2 value; -1 the whole tensor
};

struct Layout {
    std::string name;                        // "Hugging Face", "timm", ...
    std::map<std::string, TensorView> views; // canonical name -> place
};

Layout recogniseLayout(const std::vector<StoredTensor>& tensors);

} // namespace headlens
