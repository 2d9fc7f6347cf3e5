// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of a GGUF file in the words of config.json, so that one reader of an architecture serves both.
#pragma once

#include "core/checkpoint/gguf_layout.h"
#include "core/wire/safe_json.h"

#include <functional>
#include <string>
#include <vector>

namespace headlens {

// Keys of Hugging Face, and two that only these files need: "rope_frequency_divisors", one for each frequency of the
// rotation (Llama 3), and "norms_about_one", false where norms are stored as whole factors (Gemma, else 1 + w).
// `values` reads a small tensor. Numbers are left to whoever reads config.json, but for those that the tensors are
// reordered by. Throws Error(BadConfig | UnsupportedModel).
Json ggufConfig(const GgufHeader& header, const GgufArchitecture* architecture,
                const std::function<std::vector<float>(const GgufTensor&)>& values, const std::string& subject);

} // namespace headlens
