// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled once for every file that speaks to LibTorch (torch/torch.h alone costs 15-40 s a file).
#pragma once

#include <torch/torch.h>
