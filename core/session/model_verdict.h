// SPDX-License-Identifier: GPL-3.0-or-later
// Whether HeadLens can open a model, from the headers of its files alone.
#pragma once

#include "core/session/found_models.h"

#include <string>

namespace headlens {

// Throws nothing: what is wrong with the files is the verdict.
ModelVerdict verdictOn(const std::string& path);

// The models of this computer, and of `asked.folders`. Throws Error(Cancelled).
verbs::FoundModels findModels(const verbs::FindModels& asked, const JobControl& control);

} // namespace headlens
