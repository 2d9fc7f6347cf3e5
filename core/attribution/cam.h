// SPDX-License-Identifier: GPL-3.0-or-later
// The Grad-CAM family for tokens, as jacobgil/pytorch-grad-cam computes it (methods.md 4.9): activations of one or more
// blocks and the gradient of a score at them, special tokens left out. A new member is a file with a CamFormula.
#pragma once

#include "core/attribution/settings.h"

#include <ATen/core/Tensor.h>

#include <string>

namespace headlens {

// Activations `z` and their gradient `g` [C,gh,gw] -> [gh,gw], before relu.
using CamFormula = at::Tensor (*)(const at::Tensor& z, const at::Tensor& g);

MethodResult camOf(const Method& method, CamFormula formula, const Run& run, const verbs::MapQuestion& asked,
                   const JobControl& control);

MethodCost camCost(const Run& run, const verbs::MapQuestion& asked);

// `own` with what all members share.
verbs::MethodInfo camInfo(verbs::MethodInfo own);

} // namespace headlens
