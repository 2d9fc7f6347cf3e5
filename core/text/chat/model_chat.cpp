// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/model_chat.h"

#include "core/base/error.h"
#include "core/text/text_folder.h"

#include <algorithm>

namespace headlens {
namespace {

using namespace text;

constexpr const char* templateFile = "chat_template.jinja";
constexpr const char* key = "chat_template";

[[noreturn]] void refuse(const std::string& subject, const std::string& why)
{
    throw Error(ErrorCode::BadConfig, subject, why, "check the file or download it again");
}

// Of [{"name": "default", "template": "..."}, ...]
std::string defaultOf(const Json& list, const std::string& subject)
{
    std::string names;
    for (const Json& entry : list) {
        if (!entry.is_object()) refuse(subject, "an entry of chat_template is no object");
        const auto name = entry.find("name"), text = entry.find("template");
        if (name == entry.end() || text == entry.end() || !name->is_string() || !text->is_string())
            refuse(subject, "an entry of chat_template lacks its name or template");
        if (*name == "default") return text->get<std::string>();
        names += (names.empty() ? "" : ", ") + name->get<std::string>();
    }
    refuse(subject, "no chat_template has the name default; there are: " + (names.empty() ? "none" : names));
}

std::optional<std::string> templateIn(const Json& json, const std::string& subject)
{
    const auto found = json.find(key);
    if (found == json.end() || found->is_null()) return std::nullopt;
    if (found->is_string()) return found->get<std::string>();
    if (!found->is_array()) refuse(subject, "chat_template is neither a text nor a list");
    return defaultOf(*found, subject);
}

// Every "..._token" that is named.
OrderedJson specialTokensOf(const Settings& settings)
{
    OrderedJson tokens = OrderedJson::object();
    for (const Json* json : {&settings.special, &settings.config}) {
        for (const auto& [name, value] : json->items()) {
            if (!name.ends_with("_token") || tokens.contains(name)) continue;
            const std::string text = settings.token(name.c_str());
            if (!text.empty()) tokens[name] = text;
        }
    }
    return tokens;
}

} // namespace

std::optional<ModelChat> modelChatIn(const std::string& path)
{
    const TextFolder folder{path};
    const Settings settings = settingsOf(folder);
    ModelChat chat{{}, {}, specialTokensOf(settings)};
    if (folder.has(templateFile)) {
        chat.subject = templateFile;
        chat.source = folder.read(templateFile);
        return chat;
    }
    for (const char* const file : {"chat_template.json", "tokenizer_config.json"}) {
        chat.subject = file;
        if (auto found = templateIn(folder.object(file), path + "/" + file)) {
            chat.source = *std::move(found);
            return chat;
        }
    }
    return std::nullopt;
}

} // namespace headlens
