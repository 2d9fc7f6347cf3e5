// SPDX-License-Identifier: GPL-3.0-or-later
// A tokenizer.model of Llama 3 with a text behind it: the first byte says how many bytes the text has.
#include "core/base/error.h"
#include "core/text/tiktoken.h"

#include <algorithm>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace headlens;
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const std::size_t length = std::min<std::size_t>(data[0], bytes.size());
    const std::string_view text = bytes.substr(bytes.size() - length), list = bytes.substr(0, bytes.size() - length);
    text::isTiktoken(list);
    try {
        const text::Pipeline tokenizer(text::tiktokenParts(list, {}, "tokenizer.model"));
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
