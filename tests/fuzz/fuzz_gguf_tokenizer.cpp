// SPDX-License-Identifier: GPL-3.0-or-later
// A GGUF file without tensors and a text behind it: the first byte says how many bytes the text has.
#include "core/base/error.h"
#include "core/checkpoint/gguf_header.h"
#include "core/text/gguf_tokenizer.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace headlens;
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const std::size_t length = std::min<std::size_t>(data[0], bytes.size());
    const std::string_view text = bytes.substr(bytes.size() - length), file = bytes.substr(0, bytes.size() - length);
    const ByteSource source{"fuzz", file.size(), [&](std::uint64_t offset, std::span<std::byte> target) {
                                std::memcpy(target.data(), file.data() + offset, target.size());
                            }};
    try {
        auto parts = text::ggufParts(readGguf(source).settings, "fuzz");
        if (!parts) return 0;
        const text::Pipeline tokenizer(std::move(*parts));
        std::vector<int> ids;
        for (const Token& token : tokenizer.encode(text, {}).tokens) {
            if (token.span[0] < 0 || token.span[1] < token.span[0] || token.span[1] > int(text.size()))
                __builtin_trap();
            ids.push_back(token.id);
        }
        tokenizer.decode(ids, false);
    } catch (const Error&) {
    }
    return 0;
}
