// SPDX-License-Identifier: GPL-3.0-or-later
// A model's chat template: the messages of a conversation into the one text that the model was trained to go on with.
// The subset of Jinja that such templates use, with the settings of transformers: trim_blocks, lstrip_blocks, break and
// continue, a sandbox, tojson without escapes for HTML.
#pragma once

#include "core/text/chat/budget.h"
#include "core/wire/ordered_json.h"

#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace headlens {

struct Conversation {
    OrderedJson messages = OrderedJson::array(); // [{"role": "user", "content": "Hi" or [{"type": "text", ...}]}, ...]
    bool addGenerationPrompt = true;             // the beginning of the model's answer stands at the end
    // Further variables, which go before the usual ones: "bos_token", "tools", "documents", "enable_thinking" ...
    OrderedJson variables = OrderedJson::object();
    std::optional<std::tm> now = {}; // what strftime_now() shows; nothing: now, in local time
};

// Immutable; render() may be called from any thread.
class ChatTemplate {
public:
    // `subject` is where it comes from, for errors. Throws Error(BadConfig) that names the line.
    explicit ChatTemplate(std::string_view source, std::string subject = "chat template");

    // The text holds the model's special tokens already: it is encoded without adding any. Throws Error(BadRequest)
    // when the template refuses the messages (then why() is its own message) or does not fit them, Error(BadConfig)
    // when it uses what is not known here or needs more than `limits`.
    std::string render(const Conversation& conversation, const text::chat::Limits& limits = {}) const;

private:
    struct Tree;
    std::shared_ptr<const Tree> m_tree;
    std::string m_subject;
};

} // namespace headlens
