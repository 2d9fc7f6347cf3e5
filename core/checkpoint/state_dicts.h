// SPDX-License-Identifier: GPL-3.0-or-later
// The dictionaries of tensors in whatever a training script saved, and which copy of the weights is meant.
#pragma once

#include "core/checkpoint/unpickler.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headlens {

struct StateDict {
    std::string path; // the keys that lead to it, "model_ema" or "checkpoint.0.network"; empty: the file is one itself
    std::vector<std::pair<std::string, const pickle::Tensor*>> tensors; // into the document
};

// Those of a document, whatever they are wrapped in: dictionaries, lists, tuples. The state of an optimizer is many
// small ones: of more than a few dozen only the largest are answered, in the order of the file.
std::vector<StateDict> stateDictsOf(const pickle::Document& document);

// True for the name of a copy that was averaged over a training: "model_ema", "teacher.", "target_encoder", "swa".
bool isAverage(std::string_view name);

// How well a copy of the weights fits a wish; the smallest is taken. The wish is "raw", the name of the copy, or
// "averaged" (also ""): then averages come first, as in timm, and students last.
int preferenceFor(std::string_view copy, std::string_view wish);

} // namespace headlens
