// SPDX-License-Identifier: GPL-3.0-or-later
// A whole GGUF file in memory: its header, what config.json would say, the names, and the values of small tensors.
#include "core/base/error.h"
#include "core/checkpoint/gguf_config.h"

#include <cstdint>
#include <cstring>

namespace {

using namespace headlens;

std::vector<float> valuesOf(std::span<const std::byte> file, const GgufTensor& tensor)
{
    constexpr std::uint64_t kSmall = 4'096;
    const auto bytes = file.subspan(std::size_t(tensor.offset), std::size_t(tensor.bytes));
    if (!tensor.type->format || tensor.bytes > kSmall) return {};
    std::vector<float> values(bytes.size() / tensor.type->bytes * tensor.type->values);
    unpackBlocks(*tensor.type, bytes, values);
    return values;
}

void readAll(std::span<const std::byte> file)
{
    const GgufHeader header = readGguf({"fuzz", file.size(), [&](std::uint64_t offset, std::span<std::byte> target) {
                                            const auto from = file.subspan(std::size_t(offset), target.size());
                                            if (!from.empty()) std::memcpy(target.data(), from.data(), from.size());
                                        }});
    const auto values = [&](const GgufTensor& tensor) { return valuesOf(file, tensor); };
    for (const GgufTensor& tensor : header.tensors) values(tensor);
    const GgufArchitecture* architecture = ggufArchitectureOf(header.settings);
    const Json config = ggufConfig(header, architecture, values, "fuzz");
    static_cast<void>(config.dump()); // what a session writes down
    for (const GgufView& view : ggufViews(header, architecture, config, "fuzz"))
        if (view.rows.order != RowOrder::Same && view.shape[0] > 0 &&
            view.rows.stored(view.shape[0] - 1, view.shape[0]) >= view.shape[0])
            __builtin_trap(); // a row beyond the tensor
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    try {
        readAll(std::as_bytes(std::span(data, size)));
    } catch (const headlens::Error&) {
    }
    return 0;
}
