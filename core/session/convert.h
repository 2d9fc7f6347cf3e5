// SPDX-License-Identifier: GPL-3.0-or-later
// Any checkpoint as one safetensors file, so that nobody has to unpickle it again.
#pragma once

#include "core/base/job_control.h"

#include <string>

namespace headlens {

// Names and number formats stay; a tensor that several names share is written under each. `target` is replaced at once
// or not at all. Throws Error for everything wrong with the source, and Error(WriteFailed | NotEnoughMemory).
void convertToSafetensors(const std::string& source, const std::string& target, const JobControl& control = {});

} // namespace headlens
