// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled once for every file that speaks to LibTorch. ATen only: torch/torch.h costs more to read from a
// precompiled header (1.8 GB of memory) than ATen does without one, and nothing here needs it.
#pragma once

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>
