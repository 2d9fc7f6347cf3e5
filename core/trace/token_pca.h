// SPDX-License-Identifier: GPL-3.0-or-later
// Principal components of patch features as colours: the pictures of DINOv2 and DINOv3.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace headlens {

enum class PcaVariant : std::uint8_t {
    V2, // foreground by the first component, components of the foreground scaled to 0..1
    V3, // foreground smoothed by a 3 x 3 median, whitened components through a sigmoid
};

// What a fit leaves behind; kept while layers are scrubbed, so that colours keep their meaning.
struct PcaBasis {
    PcaVariant recipe = PcaVariant::V2;
    at::Tensor mean, first;         // [C] of all patches, [C]
    at::Tensor colourMean, colours; // [C], [C,3] of the foreground
    at::Tensor low, high;           // [3] V2: range of each component; V3: low 0, high the deviation
    int layer = 0;                  // it was fitted on
    std::vector<double> explained;  // shares of the foreground's variance
    bool defined() const { return mean.defined(); }
    std::int64_t width() const { return mean.size(0); }
};

// features [h*w,C]. The foreground is the side of the first component on which fewer patches of the border lie; `flip`
// takes the other. Components are signed so that their largest loading is positive [ours].
PcaBasis fitPca(const at::Tensor& features, std::int64_t height, std::int64_t width, PcaVariant recipe, bool flip);

struct PcaPicture {
    at::Tensor rgb;        // [h,w,3] uint8, background black
    double foreground = 0; // share of the patches
};
PcaPicture paintPca(const PcaBasis& basis, const at::Tensor& features, std::int64_t height, std::int64_t width);

} // namespace headlens
