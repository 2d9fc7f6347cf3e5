// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/rotary.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

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

// Frequencies that turn often within the original length stay, those that turn rarely are stretched (Peng et al. 2023,
// YaRN, section 3.2).
at::Tensor scaledAsYarn(const at::Tensor& frequencies, const RotaryConfig& config, std::int64_t width)
{
    const auto dimensionOf = [&](double turns) {
        return double(width) * std::log(config.originalPositions / (turns * 2 * std::numbers::pi)) /
               (2 * std::log(config.theta));
    };
    const double low = std::max(std::floor(dimensionOf(config.fastTurns)), 0.0);
    double high = std::min(std::ceil(dimensionOf(config.slowTurns)), double(width - 1));
    if (high == low) high += 1e-3; // the ramp needs a width
    const at::Tensor ramp = ((at::arange(frequencies.size(0), frequencies.options()) - low) / (high - low)).clamp(0, 1);
    return frequencies / config.factor * ramp + frequencies * (1 - ramp);
}

// The base that a text of `length` tokens needs (NTK-aware scaling).
double dynamicBase(const RotaryConfig& config, std::int64_t width, std::int64_t length)
{
    const double longest = std::max(double(length), config.positions);
    const double stretch = config.factor * longest / config.positions - (config.factor - 1);
    return config.theta * std::pow(stretch, double(width) / double(width - 2));
}

at::Tensor plainFrequencies(double theta, std::int64_t width)
{
    const at::Tensor exponents = at::arange(0, width, 2, at::kFloat) / double(width);
    return at::pow(at::scalar_tensor(theta, at::kFloat), exponents).reciprocal();
}

at::Tensor overFactors(const at::Tensor& frequencies, const std::vector<double>& factors)
{
    return frequencies / at::tensor(factors).to(frequencies.options());
}

} // namespace

at::Tensor rotaryFrequencies(const RotaryConfig& config, std::int64_t headWidth, std::int64_t length)
{
    const std::int64_t width = config.width > 0 ? config.width : headWidth;
    at::Tensor frequencies = plainFrequencies(config.theta, width);
    if (!config.divisors.empty()) frequencies = overFactors(frequencies, config.divisors);
    switch (config.scaling) {
    case RotaryConfig::Linear: return frequencies / config.factor;
    case RotaryConfig::Dynamic: return plainFrequencies(dynamicBase(config, width, length), width);
    case RotaryConfig::Llama3: return scaledAsLlama3(frequencies, config);
    case RotaryConfig::Yarn: return scaledAsYarn(frequencies, config, width);
    case RotaryConfig::Long:
        return overFactors(frequencies,
                           double(length) > config.originalPositions ? config.longFactors : config.shortFactors);
    case RotaryConfig::None: break;
    }
    return frequencies;
}

double rotaryMagnitude(const RotaryConfig& config)
{
    if (config.magnitude > 0) return config.magnitude;
    if (config.scaling == RotaryConfig::Yarn) return config.factor <= 1 ? 1 : 0.1 * std::log(config.factor) + 1;
    const double stretch = config.positions / config.originalPositions;
    if (config.scaling != RotaryConfig::Long || stretch <= 1) return 1;
    return std::sqrt(1 + std::log(stretch) / std::log(config.originalPositions));
}

RotaryTable rotaryTable(const at::Tensor& frequencies, std::int64_t from, std::int64_t count, double magnitude)
{
    const at::Tensor angles = at::arange(from, from + count, frequencies.options()).unsqueeze(1) * frequencies;
    const at::Tensor both = at::cat({angles, angles}, -1);
    if (magnitude == 1) return {both.cos(), both.sin()};
    return {both.cos() * magnitude, both.sin() * magnitude};
}

RotaryTable rotaryTable(const at::Tensor& frequencies, const at::Tensor& axes,
                        const std::vector<std::int64_t>& sections)
{
    std::vector<at::Tensor> parts;
    std::int64_t from = 0;
    for (std::size_t axis = 0; axis < sections.size(); ++axis) {
        const at::Tensor own = frequencies.slice(0, from, from + sections[axis]);
        parts.push_back(axes[std::int64_t(axis)].to(frequencies.scalar_type()).unsqueeze(-1) * own);
        from += sections[axis];
    }
    const at::Tensor angles = at::cat(parts, -1).unsqueeze(1);
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
