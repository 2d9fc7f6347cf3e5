// SPDX-License-Identifier: GPL-3.0-or-later
// vocab.txt; or vocab.json, merges.txt and a text, parted by lines "%%".
#include "core/base/error.h"
#include "core/text/legacy_files.h"

#include <array>
#include <cstdint>

namespace {

using namespace headlens;

void encode(text::Parts parts, std::string_view text)
{
    const text::Pipeline tokenizer(std::move(parts));
    const Encoded encoded = tokenizer.encode(text, {});
    std::vector<int> ids;
    for (const Token& token : encoded.tokens) {
        if (token.span[0] < 0 || token.span[1] < token.span[0] || token.span[1] > int(text.size())) __builtin_trap();
        ids.push_back(token.id);
    }
    tokenizer.decode(ids, false);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    std::array<std::string_view, 3> parts;
    for (std::string_view& part : parts) {
        const std::size_t cut = std::min(rest.find("\n%%\n"), rest.size());
        part = rest.substr(0, cut);
        rest.remove_prefix(std::min(cut + 4, rest.size()));
    }
    for (const char* family : {"", "CLIPTokenizer", "RobertaTokenizer"}) {
        text::Settings settings;
        if (*family) settings.config["tokenizer_class"] = family;
        try {
            encode(text::bpeParts(parts[0], parts[1], settings), parts[2]);
        } catch (const Error&) {
        }
    }
    try {
        encode(text::wordPieceParts(parts[0], {}), parts[2]);
    } catch (const Error&) {
    }
    return 0;
}
