// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/chat_prompt.h"

#include "core/base/error.h"
#include "core/text/chat/chat_template.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <exception>

namespace headlens {
namespace {

// The text of the token that stands for a picture; empty where the model knows none.
std::string imagePiece(const ModelFacts& facts, const Tokenizer& tokenizer)
{
    const auto hit = std::ranges::find(facts.tokenKinds, "image", [](const auto& entry) { return entry.second; });
    return hit == facts.tokenKinds.end() ? std::string() : tokenizer.piece(hit->first);
}

std::string markOf(const ModelFacts& facts, const Tokenizer& tokenizer)
{
    return facts.text.pictureMark.empty() ? imagePiece(facts, tokenizer) : facts.text.pictureMark;
}

OrderedJson part(const char* type, const std::string& text = {})
{
    OrderedJson json = {{"type", type}};
    if (!text.empty()) json[type] = text;
    return json;
}

// Templates take what a message holds as a list of parts or as one text, and few take both.
enum class Form : std::uint8_t { Parts, Text };

OrderedJson contentOf(const std::string& text, const std::string& mark, Form form)
{
    if (form == Form::Text) return mark.empty() ? text : mark + "\n" + text;
    OrderedJson parts = OrderedJson::array();
    if (!mark.empty()) parts.push_back(part("image"));
    parts.push_back(part("text", text));
    return parts;
}

Conversation conversationOf(const ModelChat& chat, const Asked& asked, const std::string& mark, Form form)
{
    Conversation conversation;
    conversation.variables = chat.specialTokens;
    if (!asked.system.empty())
        conversation.messages.push_back({{"role", "system"}, {"content", contentOf(asked.system, {}, form)}});
    conversation.messages.push_back({{"role", "user"}, {"content", contentOf(asked.question, mark, form)}});
    return conversation;
}

std::string trimmed(const std::string& text)
{
    constexpr const char* kBlank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlank);
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// The first form that comes through whole; the first complaint where none does.
std::string rendered(const ModelChat& chat, const Asked& asked, const std::string& mark)
{
    const ChatTemplate parsed(chat.source, chat.subject);
    std::exception_ptr complaint;
    std::string lost;
    for (const Form form : mark.empty() ? std::array{Form::Text, Form::Parts} : std::array{Form::Parts, Form::Text}) {
        try {
            std::string text = parsed.render(conversationOf(chat, asked, mark, form));
            const bool whole = text.find(mark) != std::string::npos && text.find(trimmed(asked.question)) != std::string::npos;
            if (whole) return text;
            lost = std::move(text);
        } catch (const Error&) {
            if (complaint == nullptr) complaint = std::current_exception();
        }
    }
    if (complaint != nullptr && lost.empty()) std::rethrow_exception(complaint);
    throw Error(ErrorCode::BadRequest, chat.subject,
                mark.empty() ? "leaves the question out" : "leaves the question or the picture out",
                "switch the chat template off and type what the model is to read");
}

std::string usuallyRendered(const ModelChat& chat, const Asked& asked, const std::string& mark)
{
    Conversation conversation = conversationOf(chat, asked, {}, Form::Text);
    conversation.variables["image"] = mark;
    return ChatTemplate(chat.source, chat.subject).render(conversation);
}

// Every `mark` as the model's processor writes it out.
std::string expanded(std::string text, const std::string& mark, const std::string& into)
{
    if (mark.empty() || into.empty()) return text;
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + into.size()))
        text.replace(at, mark.size(), into);
    return text;
}

} // namespace

std::optional<ModelChat> chatOf(const std::string& path, const TextFacts& facts)
{
    auto chat = modelChatIn(path);
    if (chat || facts.usualChat.empty()) return chat;
    ModelChat usual = specialTokensIn(path);
    usual.source = facts.usualChat;
    usual.isUsual = true;
    usual.subject = "the usual prompt of this family";
    return usual;
}

ChatPrompt chatPrompt(const ModelChat& chat, const ModelFacts& facts, const Tokenizer& tokenizer, const Asked& asked)
{
    const std::string mark = asked.withPicture ? markOf(facts, tokenizer) : std::string();
    const std::string text = chat.isUsual ? usuallyRendered(chat, asked, mark) : rendered(chat, asked, mark);
    ChatPrompt prompt{expanded(text, facts.text.pictureMark, facts.text.pictureText)};
    const auto begin = chat.specialTokens.find("bos_token");
    const bool hasMark = begin != chat.specialTokens.end() && text.find(begin->get<std::string>()) != std::string::npos;
    prompt.addsMarks = facts.takesPictures() && !hasMark; // as transformers' processors do, and its tokenizers do not
    return prompt;
}

} // namespace headlens
