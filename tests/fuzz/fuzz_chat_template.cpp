// SPDX-License-Identifier: GPL-3.0-or-later
// A chat template, a line "\n%%\n", and the messages as JSON: both are foreign.
#include "core/base/error.h"
#include "core/text/chat/chat_template.h"

#include <algorithm>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace headlens;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::size_t cut = std::min(bytes.find("\n%%\n"), size);
    constexpr text::chat::Limits limits{20'000, 1'000'000, 100'000, 600};
    Conversation conversation;
    conversation.variables = {{"bos_token", "<s>"}, {"n", {1, 2.5, nullptr, true, {{"k", "v"}}}}};
    try {
        conversation.messages = parseOrderedJson(bytes.substr(std::min(cut + 4, size)), "fuzz");
    } catch (const Error&) {
        conversation.messages = OrderedJson::array({{{"role", "user"}, {"content", "Hi"}}});
    }
    try {
        const std::string text = ChatTemplate(bytes.substr(0, cut), "fuzz").render(conversation, limits);
        if (text.size() > 4 * limits.longest) __builtin_trap();
    } catch (const Error&) {
    }
    return 0;
}
