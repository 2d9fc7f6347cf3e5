// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/gguf_tokenizer.h"

#include "core/checkpoint/gguf_header.h"
#include "core/checkpoint/model_folder.h"

#include <filesystem>
#include <set>

namespace headlens::text {
namespace {

// None of a tower for pictures, and of a model in several files the first, which holds the settings.
bool isOfText(const std::string& name)
{
    const auto part = partOf(name);
    return isGguf(name) && name.find("mmproj") == std::string::npos && (!part || part->number == 1);
}

} // namespace

std::optional<Parts> ggufFileParts(const std::string& path)
{
    const FileBytes file(path);
    return ggufParts(readGguf(sourceOf(file)).settings, path);
}

std::string ggufOf(const std::string& path)
{
    namespace fs = std::filesystem;
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) return isGguf(path) ? path : std::string();
    std::set<std::string> found; // in order: what opens must not depend on the file system
    for (const auto& entry : fs::directory_iterator(path, ignored)) {
        const std::string name = entry.path().filename().string();
        if (isOfText(name))
            found.insert(entry.path().string());
        else if (isWeightFile(name))
            return {};
    }
    return found.empty() ? std::string() : *found.begin();
}

} // namespace headlens::text
