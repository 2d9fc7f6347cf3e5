// SPDX-License-Identifier: GPL-3.0-or-later
// The files about text in a model's folder.
#pragma once

#include "core/text/settings.h"

#include <filesystem>
#include <string>

namespace headlens::text {

// The folder of a model's files, by its path or that of one of them.
std::string folderOf(const std::string& path);

class TextFolder {
public:
    explicit TextFolder(std::filesystem::path path) : m_path(std::move(path)) {}

    bool has(const char* name) const;
    // Throws Error(FileMissing | FileUnreadable | WrongContent).
    std::string read(const char* name) const;
    // An absent file reads as an object without keys.
    Json object(const char* name) const;

private:
    std::filesystem::path m_path;
};

// What stands beside the vocabulary.
Settings settingsOf(const TextFolder& folder);

} // namespace headlens::text
