// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/pil_resize.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace headlens {
namespace {

constexpr std::array<std::string_view, 6> kNames{"nearest", "lanczos", "bilinear", "bicubic", "box", "hamming"};
constexpr int kPrecision = 22; // bits behind the point of a quantised weight

double sinc(double x)
{
    if (x == 0) return 1;
    x *= std::numbers::pi;
    return std::sin(x) / x;
}

double supportOf(Filter filter)
{
    switch (filter) {
    case Filter::Lanczos: return 3;
    case Filter::Bicubic: return 2;
    case Filter::Box: return 0.5;
    default: return 1;
    }
}

double weightAt(Filter filter, double x)
{
    x = std::abs(x);
    switch (filter) {
    case Filter::Lanczos: return x < 3 ? sinc(x) * sinc(x / 3) : 0;
    case Filter::Bicubic: {
        constexpr double a = -0.5;
        if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }
    case Filter::Box: return x < 0.5 ? 1 : 0;
    case Filter::Hamming:
        if (x == 0) return 1;
        return x < 1 ? sinc(x) * (0.54F + 0.46F * std::cos(std::numbers::pi * x)) : 0; // Pillow's are floats too
    default: return x < 1 ? 1 - x : 0;
    }
}

struct Taps {
    int first = 0;
    std::vector<std::int32_t> weights; // quantised, 2^22 = 1
};

std::vector<Taps> tapsFor(int in, int out, Filter filter)
{
    const double scale = double(in) / out, stretch = std::max(scale, 1.0), shrink = 1 / stretch;
    const double support = supportOf(filter) * stretch;
    std::vector<Taps> all;
    all.resize(std::size_t(out));
    for (int i = 0; i < out; ++i) {
        const double centre = (i + 0.5) * scale;
        const int low = std::max(int(centre - support + 0.5), 0), high = std::min(int(centre + support + 0.5), in);
        std::vector<double> weights;
        double sum = 0;
        for (int j = low; j < high; ++j) {
            double argument = (j - centre + 0.5) * shrink;
            // Pillow's box filter is open on the left: -0.5 < x <= 0.5.
            if (filter == Filter::Box) argument = argument > -0.5 && argument <= 0.5 ? 0 : 1;
            weights.push_back(weightAt(filter, argument));
            sum += weights.back();
        }
        Taps& taps = all[std::size_t(i)];
        taps.first = low;
        for (const double w : weights) {
            const double fixed = (sum != 0 ? w / sum : w) * (1 << kPrecision);
            taps.weights.push_back(std::int32_t(fixed < 0 ? fixed - 0.5 : fixed + 0.5));
        }
    }
    return all;
}

std::uint8_t clip8(std::int64_t sum)
{
    return std::uint8_t(std::clamp<std::int64_t>(sum >> kPrecision, 0, 255));
}

// `step` bytes lie between neighbouring samples of one line; `from` and `to` point to the line's first sample.
void resampleLine(const std::uint8_t* from, std::uint8_t* to, std::size_t step, const std::vector<Taps>& taps)
{
    for (std::size_t i = 0; i < taps.size(); ++i) {
        std::int64_t sum = 1LL << (kPrecision - 1);
        const std::uint8_t* sample = from + std::size_t(taps[i].first) * step;
        for (const std::int32_t weight : taps[i].weights) {
            sum += std::int64_t(*sample) * weight;
            sample += step;
        }
        to[i * step] = clip8(sum);
    }
}

Image8 resizeHorizontally(const Image8& source, int width, Filter filter)
{
    Image8 out(width, source.height, source.channels);
    const auto taps = tapsFor(source.width, width, filter);
    for (int y = 0; y < source.height; ++y)
        for (int c = 0; c < source.channels; ++c)
            resampleLine(source.at(0, y) + c, out.at(0, y) + c, std::size_t(source.channels), taps);
    return out;
}

// Row by row with an accumulator per column: walking down columns would miss the cache on every sample.
Image8 resizeVertically(const Image8& source, int height, Filter filter)
{
    Image8 out(source.width, height, source.channels);
    const auto taps = tapsFor(source.height, height, filter);
    const std::size_t bytes = std::size_t(source.width) * std::size_t(source.channels);
    std::vector<std::int32_t> sums(bytes);
    for (int y = 0; y < height; ++y) {
        const Taps& tap = taps[std::size_t(y)];
        std::ranges::fill(sums, 1 << (kPrecision - 1));
        for (std::size_t t = 0; t < tap.weights.size(); ++t) {
            const std::uint8_t* row = source.at(0, tap.first + int(t));
            const std::int32_t weight = tap.weights[t];
            for (std::size_t i = 0; i < bytes; ++i) sums[i] += row[i] * weight;
        }
        std::uint8_t* target = out.at(0, y);
        for (std::size_t i = 0; i < bytes; ++i) target[i] = clip8(sums[i]);
    }
    return out;
}

// Which sample each of `out` takes. Pillow steps from one to the next, so that its rounding adds up: from 64 to
// 224 the sample 3 is 0, where (3 + 0.5) * 64 / 224 is 1.
std::vector<int> nearestSamples(int in, int out)
{
    const double step = double(in) / out;
    double at = 0.5 * step;
    std::vector<int> samples;
    samples.reserve(std::size_t(out));
    for (int i = 0; i < out; ++i, at += step) samples.push_back(std::min(int(at), in - 1));
    return samples;
}

Image8 resizeNearest(const Image8& source, int width, int height)
{
    Image8 out(width, height, source.channels);
    const auto rows = nearestSamples(source.height, height), columns = nearestSamples(source.width, width);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            std::copy_n(source.at(columns[std::size_t(x)], rows[std::size_t(y)]), source.channels, out.at(x, y));
    return out;
}

} // namespace

std::string_view nameOf(Filter filter)
{
    return kNames.at(std::size_t(filter));
}

std::optional<Filter> filterNamed(std::string_view name)
{
    const auto* const found = std::ranges::find(kNames, name);
    return found == kNames.end() ? std::nullopt : std::optional(Filter(found - kNames.begin()));
}

Image8 pilResize(const Image8& source, int width, int height, Filter filter)
{
    if (width == source.width && height == source.height) return source;
    if (filter == Filter::Nearest) return resizeNearest(source, width, height);
    Image8 image = width != source.width ? resizeHorizontally(source, width, filter) : source;
    return height != source.height ? resizeVertically(image, height, filter) : image;
}

} // namespace headlens
