// SPDX-License-Identifier: GPL-3.0-or-later
// Names of tensors, one a line.
#include "core/checkpoint/layouts.h"

#include <cstdint>
#include <sstream>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace headlens;
    std::istringstream lines(std::string(reinterpret_cast<const char*>(data), size));
    std::vector<StoredTensor> tensors;
    for (std::string name; std::getline(lines, name) && tensors.size() < 64;)
        tensors.push_back({name, DType::F32, {std::int64_t(name.size()), 2}});
    const Layout layout = recogniseLayout(tensors);
    for (const auto& [name, view] : layout.views)
        if (view.index >= tensors.size() || view.part >= view.parts) __builtin_trap();
    return 0;
}
