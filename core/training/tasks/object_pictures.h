// SPDX-License-Identifier: GPL-3.0-or-later
// Object scenes as tensors, and what can be measured on them with the help of their masks.
#pragma once

#include "core/training/data/object_scenes.h"
#include "core/training/tasks/batches.h"

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace headlens {

// The thing `number` of those that no training ever draws, before one background or another.
ObjectScene measuredScene(int number, int side, int view = 0);
std::vector<ObjectScene> measuredScenes(int count, int side, int view = 0);

std::vector<double> numbersOf(const at::Tensor& tensor);

// The chance that a patch of the thing gets a higher score than a patch of the background; ties count half. 0.5 where
// there is only one of the two kinds.
double areaUnderCurve(const std::vector<double>& scores, const std::vector<bool>& isThing);
// Scores that know nothing but that things are rarely at the edge [side*side].
std::vector<double> nearMiddle(int side);

// The share of the second half of `features` [2n,D] (rows of length 1) whose kind is that of most of their five nearest
// neighbours in the first half.
double byNearest(const at::Tensor& features, const std::vector<ObjectScene>& scenes);

// The share of rows of `other` whose nearest row of `first` has the same number; both [n,D], rows of length 1.
double foundAgain(const at::Tensor& first, const at::Tensor& other);

} // namespace headlens
