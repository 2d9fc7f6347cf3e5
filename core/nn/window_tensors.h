// SPDX-License-Identifier: GPL-3.0-or-later
// The tensors that window arithmetic stands for: cutting, joining, bias and mask.
#pragma once

#include "core/base/window_grid.h"

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace headlens {

// [B,h*w,D] -> [B*windows,n,D]: padded with zeros, rolled, cut.
at::Tensor intoWindows(const at::Tensor& x, const WindowGrid& grid);
// The way back, added to residual [B,h*w,D].
at::Tensor outOfWindows(const at::Tensor& windows, const WindowGrid& grid, const at::Tensor& residual);

// table [H,2wh-1,2ww-1] -> [H,n,n]; entry (i,j) is the table at row y_i - y_j + wh - 1, column x_i - x_j + ww - 1.
at::Tensor biasFromTable(const at::Tensor& table, const WindowGrid& grid);

// [windows,1,n,n]: 0 within a region, -100 between regions (added before the softmax).
at::Tensor shiftMask(const WindowGrid& grid);

// Swin v2: sign(u) log2(1 + |u|) / log2(8) with u = 8 * offset / (window - 1), [2wh-1,2ww-1,2]; `pretrained` is the
// window the network was trained with, 0 for this one.
at::Tensor logSpacedCoordinates(std::int64_t windowHeight, std::int64_t windowWidth, std::int64_t pretrained);

} // namespace headlens
