// SPDX-License-Identifier: GPL-3.0-or-later
// The models and pictures that come with HeadLens, found beside the program or in the source tree.
#pragma once

#include "core/wire/verbs.h"

#include <string>
#include <vector>

namespace headlens {

// HEADLENS_RESOURCES in the environment, ../share/headlens beside the program, or the source tree; the first that exists.
std::string resourceFolder();

std::vector<verbs::EmbeddedModel> embeddedModels();

// The path of an embedded model when `nameOrPath` is its name; otherwise `nameOrPath` itself.
std::string resolveModel(const std::string& nameOrPath);

} // namespace headlens
