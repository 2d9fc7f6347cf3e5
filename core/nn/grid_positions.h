// SPDX-License-Identifier: GPL-3.0-or-later
// Positions of patches on another grid than the trained one: learnt tables, rotary angles, relative biases.
#pragma once

#include "core/nn/position_interpolation.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <utility>

namespace headlens {

// table [1,P+gh*gw,D] of a grid -> [1,P+h*w,D]; the first P rows stay. Facebook leaves the table
// alone only for square pictures, counted in pixels.
at::Tensor resizedPositions(const at::Tensor& table, std::int64_t prefix, std::int64_t fromHeight,
                            std::int64_t fromWidth, std::int64_t height, std::int64_t width,
                            PositionInterpolation interpolation, bool squarePixels = true);

// Cosine and sine [h*w,d] of DINOv3's rotary positions (5.7). `periods` [d/4] as facebook stores them; undefined: from
// theta.
std::pair<at::Tensor, at::Tensor> rotaryAngles(std::int64_t height, std::int64_t width, std::int64_t headWidth,
                                               double theta, const at::Tensor& periods);
// Rotates x [B,H,P+N,d], all but the first `prefix` tokens.
at::Tensor rotated(const at::Tensor& x, std::int64_t prefix, const at::Tensor& cosine, const at::Tensor& sine);

// BEiT's table [(2gh-1)(2gw-1)+3,H] -> bias [H,1+h*w,1+h*w] (5.5); another grid resizes the part of the patches.
at::Tensor relativeBias(const at::Tensor& table, std::int64_t fromHeight, std::int64_t fromWidth, std::int64_t height,
                        std::int64_t width);
// The part of the patches as a picture [H,2h-1,2w-1], query minus key.
at::Tensor relativeBiasPicture(const at::Tensor& table, std::int64_t fromHeight, std::int64_t fromWidth);

} // namespace headlens
