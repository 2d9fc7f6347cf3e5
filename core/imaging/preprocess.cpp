// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/preprocess.h"

#include "core/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

struct Size {
    int width = 0, height = 0;
};

constexpr int kLargestSide = 8192;

Size shortestEdgeSize(const Image8& picture, const PreprocessPlan& plan)
{
    const int low = std::min(picture.width, picture.height), high = std::max(picture.width, picture.height);
    if (plan.divisor > 0) { // ViLT: limits and rounding of its own
        double scale = double(plan.shortest) / low;
        double h = picture.height < picture.width ? plan.shortest : scale * picture.height;
        double w = picture.height < picture.width ? scale * picture.width : plan.shortest;
        if (std::max(h, w) > plan.longest) {
            scale = plan.longest / std::max(h, w);
            h *= scale;
            w *= scale;
        }
        const auto whole = [&](double side) {
            return std::max(int(side + 0.5) / plan.divisor * plan.divisor, plan.divisor);
        };
        return {whole(w), whole(h)};
    }
    double edge = plan.shortest;
    if (plan.longest > 0 && double(high) / low * edge > plan.longest) edge = double(plan.longest) * low / high;
    const int shorter = std::max(1, int(std::nearbyint(edge)));
    // Truncated, as transformers does; a side that has its length already leaves the picture as it is.
    const int longer = shorter == low ? high : std::max(1, int(std::min(edge * high / low, 1e6)));
    return picture.width <= picture.height ? Size{shorter, longer} : Size{longer, shorter};
}

// The nearest multiples of the divisor; where their area is too large or too small, the picture is scaled to the limit
// and rounded away from it.
Size areaSize(const Image8& picture, const PreprocessPlan& plan)
{
    const double unit = plan.divisor, area = double(picture.width) * picture.height;
    const auto sides = [&](auto round, double scale) {
        const auto side = [&](int length) { return int(std::max(1.0, round(length * scale / unit)) * unit); };
        return Size{side(picture.width), side(picture.height)};
    };
    const Size near = sides([](double x) { return std::nearbyint(x); }, 1);
    const double found = double(near.width) * near.height;
    if (found > plan.mostArea)
        return sides([](double x) { return std::floor(x); }, 1 / std::sqrt(area / plan.mostArea));
    if (found < plan.leastArea) return sides([](double x) { return std::ceil(x); }, std::sqrt(plan.leastArea / area));
    return near;
}

Size resizedSize(const Image8& picture, const PreprocessPlan& plan)
{
    switch (plan.resize) {
    case PreprocessPlan::Resize::None: return {picture.width, picture.height};
    case PreprocessPlan::Resize::Exact: return {plan.width, plan.height};
    case PreprocessPlan::Resize::ShortestEdge: return shortestEdgeSize(picture, plan);
    case PreprocessPlan::Resize::Area: return areaSize(picture, plan);
    case PreprocessPlan::Resize::Around:
    case PreprocessPlan::Resize::Inside: {
        const double down = double(picture.height) / plan.height, across = double(picture.width) / plan.width;
        const double ratio =
            plan.resize == PreprocessPlan::Resize::Inside ? std::max(down, across) : std::min(down, across);
        const auto side = [&](int length) { return std::max(1, int(std::nearbyint(length / ratio))); };
        return {side(picture.width), side(picture.height)};
    }
    }
    return {};
}

int floorHalf(int value)
{
    return value >= 0 ? value / 2 : -((1 - value) / 2);
}

// Centre crop with padding where the picture is too small. transformers: floor when cutting, ceil on top and left when
// padding; torchvision and timm: half to even when cutting, floor when padding.
struct Crop {
    int left = 0, top = 0; // of the crop in the resized picture; negative where it pads
};

Crop centreOf(Size size, const PreprocessPlan& plan)
{
    const auto offset = [&](int rest) {
        if (!plan.roundsToEven) return floorHalf(rest);
        return rest < 0 ? -(-rest / 2) : int(std::nearbyint(rest / 2.0));
    };
    return {offset(size.width - plan.cropWidth), offset(size.height - plan.cropHeight)};
}

Image8 cropped(const Image8& image, Crop crop, int width, int height, const std::vector<std::uint8_t>& fill)
{
    Image8 out(width, height, image.channels);
    for (std::size_t i = 0; i < out.pixels.size(); ++i) out.pixels[i] = fill[i % fill.size()];
    for (int y = 0; y < height; ++y) {
        const int fromY = y + crop.top;
        if (fromY < 0 || fromY >= image.height) continue;
        const int begin = std::max(0, -crop.left), end = std::min(width, image.width - crop.left);
        if (end > begin)
            std::copy_n(image.at(begin + crop.left, fromY), std::size_t(end - begin) * std::size_t(image.channels),
                        out.at(begin, y));
    }
    return out;
}

std::vector<float> normalised(const Image8& image, const PreprocessPlan& plan)
{
    const std::size_t area = std::size_t(image.width) * std::size_t(image.height),
                      channels = plan.channels == 1 ? 1 : 3;
    std::vector<float> pixels(area * channels);
    for (std::size_t c = 0; c < channels; ++c) {
        const std::size_t m = plan.mean.size() == 1 ? 0 : c;
        for (std::size_t i = 0; i < area; ++i) {
            double value = image.pixels[i * 3 + c];
            if (plan.rescale) value = double(float(value * plan.rescaleFactor));
            if (plan.normalize) value = (value - plan.mean[m]) / plan.deviation[m];
            pixels[c * area + i] = float(value);
        }
    }
    return pixels;
}

// All three channels as Pillow's convert("L"): ITU-R 601-2 luma in 16 fractional bits.
Image8 grey(Image8 picture)
{
    constexpr std::uint32_t kRed = 19595, kGreen = 38470, kBlue = 7471, kHalf = 0x8000;
    for (std::size_t i = 0; i + 2 < picture.pixels.size(); i += 3) {
        std::uint8_t* rgb = picture.pixels.data() + i;
        std::fill_n(rgb, 3, std::uint8_t((rgb[0] * kRed + rgb[1] * kGreen + rgb[2] * kBlue + kHalf) >> 16));
    }
    return picture;
}

// The plan that keeps the whole picture.
PreprocessPlan wholePicturePlan(const Image8& picture, PreprocessPlan plan, Fit fit, int patch)
{
    const Size trained = plan.crop                                      ? Size{plan.cropWidth, plan.cropHeight}
                         : plan.resize == PreprocessPlan::Resize::Exact ? Size{plan.width, plan.height}
                                                                        : Size{plan.shortest, plan.shortest};
    plan.resize = PreprocessPlan::Resize::Exact;
    plan.crop = false;
    plan.width = trained.width;
    plan.height = trained.height;
    if (fit == Fit::Squash) return plan;
    const double scale = double(std::min(trained.width, trained.height)) / std::min(picture.width, picture.height);
    const auto whole = [&](int side) { return std::max(1, int(std::lround(side * scale / patch))) * patch; };
    plan.width = whole(picture.width);
    plan.height = whole(picture.height);
    return plan;
}

} // namespace

std::optional<Fit> fitFrom(std::string_view name)
{
    if (name == "trained") return Fit::Trained;
    if (name == "squash") return Fit::Squash;
    if (name == "native") return Fit::Native;
    return std::nullopt;
}

Preprocessed preprocess(const Image8& picture, const PreprocessPlan& given, Fit fit, int patch)
{
    const PreprocessPlan plan = fit == Fit::Trained ? given : wholePicturePlan(picture, given, fit, patch);
    const Size size = resizedSize(picture, plan);
    const int longest = std::max({size.width, size.height, plan.crop ? std::max(plan.cropWidth, plan.cropHeight) : 0});
    if (longest > kLargestSide)
        throw Error(ErrorCode::ImageTooLarge, "picture",
                    fmt::format("would become {} x {} pixels for this model", size.width, size.height),
                    "cut the picture or choose another fit");
    Preprocessed result;
    result.seen = pilResize(plan.channels == 1 ? grey(picture) : picture, size.width, size.height, plan.filter);
    Crop crop;
    Size shown = size;
    if (plan.crop) {
        crop = centreOf(size, plan);
        shown = {plan.cropWidth, plan.cropHeight};
        result.seen = cropped(result.seen, crop, shown.width, shown.height, plan.fill);
    }
    const double scaleX = double(picture.width) / size.width, scaleY = double(picture.height) / size.height;
    result.region = {crop.left * scaleX, crop.top * scaleY, shown.width * scaleX, shown.height * scaleY};
    result.pixels = normalised(result.seen, plan);
    return result;
}

} // namespace headlens
