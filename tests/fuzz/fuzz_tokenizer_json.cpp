// SPDX-License-Identifier: GPL-3.0-or-later
// A tokenizer.json, a line "\n%%\n", and a text: both are foreign.
#include "core/base/error.h"
#include "core/text/tokenizer_json.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace headlens;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::size_t cut = std::min(bytes.find("\n%%\n"), size);
    const std::string_view text = bytes.substr(std::min(cut + 4, size));
    try {
        const text::Pipeline tokenizer(text::parseTokenizerJson(bytes.substr(0, cut), "fuzz"));
        const Encoded encoded = tokenizer.encode(text, {text.substr(text.size() / 2), true, 64, CutFrom::Begin, 0});
        std::vector<int> ids{-1, 1 << 30};
        for (const Token& token : encoded.tokens) {
            if (token.span[0] < 0 || token.span[1] < token.span[0] || token.span[1] > int(text.size()))
                __builtin_trap();
            ids.push_back(token.id);
        }
        tokenizer.decode(ids, false);
    } catch (const Error&) {
    }
    return 0;
}
