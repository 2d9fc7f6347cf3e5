// SPDX-License-Identifier: GPL-3.0-or-later
// The models that come with HeadLens, and those a person put into ~/.local/share/headlens/models.
#pragma once

#include "core/wire/verbs.h"

#include <string>
#include <vector>

namespace headlens {

std::vector<verbs::EmbeddedModel> embeddedModels();

// The path of an embedded model when `nameOrPath` is its name; otherwise `nameOrPath` itself.
std::string resolveModel(const std::string& nameOrPath);

} // namespace headlens
