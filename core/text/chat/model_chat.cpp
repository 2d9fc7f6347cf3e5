// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/model_chat.h"

#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/checkpoint/gguf_header.h"
#include "core/text/gguf_tokenizer.h"
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

// "tokenizer.chat_template" of a GGUF file, and the texts of the tokens that it numbers.
ModelChat chatOfGguf(const std::string& path)
{
    const FileBytes file(path);
    const GgufHeader header = readGguf(sourceOf(file));
    ModelChat chat{{}, "tokenizer.chat_template", OrderedJson::object()};
    chat.source = header.settings.text("tokenizer.chat_template").value_or("");
    const std::vector<std::string>* pieces = header.settings.texts("tokenizer.ggml.tokens");
    if (pieces == nullptr) return chat;
    for (const auto& [number, name] : {std::pair("bos_token_id", "bos_token"), std::pair("eos_token_id", "eos_token"),
                                    std::pair("unknown_token_id", "unk_token"), std::pair("padding_token_id", "pad_token")}) {
        const auto id = header.settings.integer(std::string("tokenizer.ggml.") + number);
        if (id && *id >= 0 && std::size_t(*id) < pieces->size()) chat.specialTokens[name] = (*pieces)[std::size_t(*id)];
    }
    return chat;
}

} // namespace

ModelChat specialTokensIn(const std::string& path)
{
    if (const std::string gguf = ggufOf(path); !gguf.empty()) {
        ModelChat chat = chatOfGguf(gguf);
        chat.source.clear();
        return chat;
    }
    return {{}, {}, specialTokensOf(settingsOf(TextFolder{folderOf(path)}))};
}

std::optional<ModelChat> modelChatIn(const std::string& path)
{
    const TextFolder folder{folderOf(path)};
    ModelChat chat = specialTokensIn(path);
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
    if (const std::string gguf = ggufOf(path); !gguf.empty())
        if (ModelChat own = chatOfGguf(gguf); !own.source.empty()) return own;
    return std::nullopt;
}

} // namespace headlens
