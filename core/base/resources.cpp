// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/resources.h"

#include <cstdlib>
#include <filesystem>

namespace headlens {

namespace fs = std::filesystem;

std::string resourceFolder()
{
    if (const char* wish = std::getenv("HEADLENS_RESOURCES"); wish != nullptr && *wish != '\0') return wish;
    std::error_code problem;
    const fs::path program = fs::read_symlink("/proc/self/exe", problem);
    const fs::path installed = program.parent_path().parent_path() / "share" / "headlens";
    return !problem && fs::is_directory(installed, problem) ? installed.string() : HEADLENS_RESOURCES;
}

} // namespace headlens
