// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/rotary.h"

#include <ATen/ATen.h>

#include <numbers>

namespace headlens {
namespace {

// Slow waves over the factor, quick ones as they are, a ramp between.
at::Tensor scaledAsLlama3(const at::Tensor& frequencies, const RotaryConfig& config)
{
    const at::Tensor lengths = 2 * std::numbers::pi / frequencies;
    const double slow = config.originalPositions / config.lowFactor,
                 quick = config.originalPositions / config.highFactor;
    const at::Tensor share =
        (config.originalPositions / lengths - config.lowFactor) / (config.highFactor - config.lowFactor);
    const at::Tensor less = frequencies / config.factor;
    const at::Tensor between = (1 - share) * less + share * frequencies;
    return at::where(lengths > slow, less, at::where(lengths < quick, frequencies, between));
}

} // namespace

at::Tensor rotaryFrequencies(const RotaryConfig& config, std::int64_t headWidth)
{
    const std::int64_t width = config.width > 0 ? config.width : headWidth;
    const at::Tensor exponents = at::arange(0, width, 2, at::kFloat) / double(width);
    at::Tensor frequencies = at::pow(at::scalar_tensor(config.theta, at::kFloat), exponents).reciprocal();
    if (!config.divisors.empty()) frequencies = frequencies / at::tensor(config.divisors).to(frequencies.options());
    switch (config.scaling) {
    case RotaryConfig::Linear: return frequencies / config.factor;
    case RotaryConfig::Llama3: return scaledAsLlama3(frequencies, config);
    case RotaryConfig::None: break;
    }
    return frequencies;
}

RotaryTable rotaryTable(const at::Tensor& frequencies, std::int64_t from, std::int64_t count)
{
    const at::Tensor angles = at::arange(from, from + count, frequencies.options()).unsqueeze(1) * frequencies;
    const at::Tensor both = at::cat({angles, angles}, -1);
    return {both.cos(), both.sin()};
}

at::Tensor turned(const at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine)
{
    const std::int64_t width = cosine.size(-1);
    const at::Tensor part = width == x.size(-1) ? x : x.slice(-1, 0, width);
    const auto halves = part.chunk(2, -1);
    const at::Tensor moved = part * cosine + at::cat({-halves[1], halves[0]}, -1) * sine;
    return width == x.size(-1) ? moved : at::cat({moved, x.slice(-1, width)}, -1);
}

} // namespace headlens
