// SPDX-License-Identifier: GPL-3.0-or-later
// Where the files that come with HeadLens are.
#pragma once

#include <string>

namespace headlens {

// HEADLENS_RESOURCES in the environment, ../share/headlens beside the program, or the source tree; the first that
// exists.
std::string resourceFolder();

} // namespace headlens
