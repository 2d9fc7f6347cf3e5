// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/text_folder.h"

#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/text/tokenizer_json.h"

namespace headlens::text {

std::string folderOf(const std::string& path)
{
    const std::filesystem::path given(path);
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(given, ignored)) return path;
    return std::filesystem::absolute(given).parent_path().string();
}

bool TextFolder::has(const char* name) const
{
    std::error_code ignored;
    return std::filesystem::exists(m_path / name, ignored);
}

std::string TextFolder::read(const char* name) const
{
    const std::string path = (m_path / name).string();
    std::string bytes = readWhole(path, largestTokenizerFile);
    const std::string foreign = describeForeign(std::as_bytes(std::span(bytes.data(), bytes.size())));
    if (!foreign.empty()) throw Error(ErrorCode::WrongContent, path, "it is " + foreign, "download the file again");
    return bytes;
}

Json TextFolder::object(const char* name) const
{
    return has(name) ? parseJsonObject(read(name), (m_path / name).string()) : Json::object();
}

Settings settingsOf(const TextFolder& folder)
{
    Settings settings;
    settings.config = folder.object("tokenizer_config.json");
    settings.special = folder.object("special_tokens_map.json");
    settings.added = folder.object("added_tokens.json");
    const Json model = folder.object("config.json");
    if (model.contains("model_type") && model["model_type"].is_string())
        settings.modelType = model["model_type"].get<std::string>();
    return settings;
}

} // namespace headlens::text
