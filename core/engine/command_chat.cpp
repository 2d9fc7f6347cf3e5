// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli chat: the messages of a conversation through the model's chat template.
#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/checkpoint/model_folder.h"
#include "core/engine/commands.h"
#include "core/session/embedded_models.h"
#include "core/text/chat/chat_template.h"
#include "core/text/chat/model_chat.h"

#include <algorithm>
#include <cstdio>
#include <memory>

namespace headlens {
namespace {

struct ChatRequest {
    std::string model, messages;
    std::vector<std::string> settings;
    bool noPrompt = false;
};

// "enable_thinking=false": JSON, and what is none is a text.
void set(OrderedJson& variables, const std::string& setting)
{
    const std::size_t cut = setting.find('=');
    if (cut == 0 || cut == std::string::npos)
        throw Error(ErrorCode::Usage, "--set " + setting, "it is no NAME=VALUE", "write --set enable_thinking=false");
    const std::string value = setting.substr(cut + 1);
    const OrderedJson parsed = OrderedJson::accept(value) ? parseOrderedJson(value, "--set") : OrderedJson(value);
    variables[setting.substr(0, cut)] = parsed;
}

// A list of messages, or an object with "messages" and further variables ("tools" ...).
void readMessages(const std::string& path, Conversation& conversation)
{
    const JsonLimits limits;
    OrderedJson file = parseOrderedJson(readWhole(path, limits.bytes), path, limits);
    if (file.is_object() && file.contains("messages")) {
        conversation.messages = file["messages"];
        file.erase("messages");
        conversation.variables.update(file);
    } else {
        conversation.messages = std::move(file);
    }
    const auto isMessage = [](const OrderedJson& message) { return message.is_object() && message.contains("role"); };
    if (!conversation.messages.is_array() || !std::ranges::all_of(conversation.messages, isMessage))
        throw Error(ErrorCode::BadConfig, path, "holds no list of messages with a role each",
                    R"(write [{"role": "user", "content": "..."}])");
}

void run(const ChatRequest& request)
{
    const std::string folder = modelFolder(resolveModel(request.model)).string();
    const auto chat = modelChatIn(folder);
    if (!chat)
        throw Error(ErrorCode::PartMissing, request.model, "holds no chat template",
                    "give a folder with chat_template.jinja, or whose tokenizer_config.json has a chat_template");
    Conversation conversation;
    conversation.variables = chat->specialTokens;
    conversation.addGenerationPrompt = !request.noPrompt;
    readMessages(request.messages, conversation);
    for (const std::string& setting : request.settings) set(conversation.variables, setting);
    const std::string text = ChatTemplate(chat->source, chat->subject).render(conversation);
    std::fwrite(text.data(), 1, text.size(), stdout); // it may hold NUL
}

} // namespace

void addChatCommand(CLI::App& app)
{
    auto* command =
        app.add_subcommand("chat", "Print the text that a model's chat template makes of messages. It holds "
                                   "the special tokens already: encode it without adding any");
    auto request = std::make_shared<ChatRequest>();
    command->add_option("--model", request->model, "A folder with the tokenizer's files")->required();
    command
        ->add_option(
            "--messages", request->messages,
            "A JSON file: [{\"role\": \"user\", \"content\": \"...\"}, ...], or an object with \"messages\" and "
            "\"tools\"")
        ->required();
    command->add_flag("--no-generation-prompt", request->noPrompt, "Without the beginning of the model's answer");
    command->add_option("--set", request->settings, "A variable of the template, NAME=VALUE")->take_all();
    command->callback([request] { run(*request); });
}

} // namespace headlens
