// SPDX-License-Identifier: GPL-3.0-or-later
// Names of methods that have changed: sessions, figures, lessons and scripts of earlier versions keep working.
#pragma once

#include <string>

namespace headlens {

// "chefer-generic" for "relevance"; every other name is its own.
inline std::string currentMethodName(const std::string& name)
{
    return name == "relevance" ? "chefer-generic" : name;
}

} // namespace headlens
