// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/remarks.h"

#include <algorithm>
#include <cstdio>

namespace headlens {

std::vector<std::string> remarksOn(const std::vector<std::string>& assumptions, const std::vector<std::string>& unused)
{
    std::vector<std::string> lines;
    for (const std::string& assumed : assumptions) lines.push_back("assumed: " + assumed);
    if (unused.empty()) return lines;
    constexpr std::size_t kNamed = 6;
    std::string names;
    for (std::size_t i = 0; i < std::min(kNamed, unused.size()); ++i) names += (i > 0 ? ", " : "") + unused[i];
    if (unused.size() > kNamed) names += ", ...";
    lines.push_back("not used: " + std::to_string(unused.size()) + (unused.size() == 1 ? " tensor (" : " tensors (") +
                    names + ")");
    return lines;
}

void say(const std::string& line)
{
    std::fprintf(stderr, "headlens-cli: %s\n", line.c_str());
}

void sayRemarks(const std::vector<std::string>& assumptions, const std::vector<std::string>& unused)
{
    for (const std::string& line : remarksOn(assumptions, unused)) say(line);
}

} // namespace headlens
