// SPDX-License-Identifier: GPL-3.0-or-later
// A spiece.model or tokenizer.model with a text behind it: the first byte says how many bytes the text has.
#include "core/base/error.h"
#include "core/text/legacy_files.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace headlens;
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const std::size_t length = std::min<std::size_t>(data[0], bytes.size());
    const std::string_view text = bytes.substr(bytes.size() - length), model = bytes.substr(0, bytes.size() - length);
    for (const char* family : {"T5Tokenizer", "SiglipTokenizer", "LlamaTokenizer"}) {
        text::Settings settings;
        settings.config["tokenizer_class"] = family;
        settings.config["legacy"] = data[0] % 2 == 0;
        try {
            const text::Pipeline tokenizer(text::sentencePieceParts(model, settings, "spiece.model"));
            std::vector<int> ids;
            for (const Token& token : tokenizer.encode(text, {}).tokens) {
                if (token.span[0] < 0 || token.span[1] < token.span[0] || token.span[1] > int(text.size()))
                    __builtin_trap();
                ids.push_back(token.id);
            }
            tokenizer.decode(ids, false);
        } catch (const Error&) {
        }
    }
    return 0;
}
