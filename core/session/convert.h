// SPDX-License-Identifier: GPL-3.0-or-later
// Any checkpoint as one safetensors file, so that nobody has to unpickle it again.
#pragma once

#include "core/base/job_control.h"

#include <string>
#include <vector>

namespace headlens {

// Names (but for the slashes of .npz, which become dots) and number formats stay; a tensor that several names share is
// written under each. `target` is replaced at once or not at all. Of several copies of the weights the usual one is
// written: answers what was chosen, one sentence each. Throws Error for everything wrong with the source, and
// Error(WriteFailed | NotEnoughMemory).
std::vector<std::string> convertToSafetensors(const std::string& source, const std::string& target,
                                              const JobControl& control = {});

} // namespace headlens
