// SPDX-License-Identifier: GPL-3.0-or-later
// What methods share when they lay numbers over a picture: grids of patches, their scaling, pixels. Each is the
// arithmetic of the published code that it names; float32 or float64 as it comes.
#pragma once

#include "core/trace/trace.h"

#include <ATen/core/Tensor.h>

namespace headlens {

// The patches [gh,gw] behind `tokens` [N] of a stream; undefined where it has none.
at::Tensor patchesOf(const at::Tensor& tokens, const TokenStream& stream);

// (x - min) / (max - min); all 0 where x has no range (Chefer's notebooks, attention CAM).
at::Tensor stretched(const at::Tensor& x);
// (x - min) / (1e-7 + max(x - min)) (pytorch-grad-cam).
at::Tensor camScaled(const at::Tensor& x);

// [gh,gw] -> [height,width]: bilinear with half-pixel centres, no antialias (torch align_corners=False, OpenCV).
at::Tensor enlarged(const at::Tensor& map, std::int64_t height, std::int64_t width);

// The sum of `pixels` [H,W] over every patch of the stream [gh,gw]; what lies outside the grid counts nowhere.
at::Tensor patchSums(const at::Tensor& pixels, const TokenStream& stream);

// The stream whose tokens are patches. Throws Error(BadRequest) where there is none.
const TokenStream& pictureStream(const Trace& trace);

} // namespace headlens
