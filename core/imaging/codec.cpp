// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codec.h"

#include "core/base/error.h"
#include "core/imaging/image_header.h"

#include <array>

#ifdef HEADLENS_WITH_OPENCV
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#endif

namespace headlens {
namespace {

void checkHeader(std::span<const std::byte> file, const std::string& name)
{
    constexpr long long kMostPixels = 100'000'000;
    constexpr long long kLongestSide = 30'000;
    constexpr std::size_t kLargestFile = 256U << 20;
    if (file.empty()) throw Error(ErrorCode::ImageUnreadable, name, "is empty", "choose another picture");
    const auto header = readImageHeader(file);
    if (!header)
        throw Error(ErrorCode::ImageUnreadable, name, "is no PNG, JPEG, BMP, GIF, WebP, TIFF or PNM picture",
                    "choose another file");
    const std::string size = std::to_string(header->width) + " x " + std::to_string(header->height);
    if (header->width > kLongestSide || header->height > kLongestSide || header->width * header->height > kMostPixels)
        throw Error(ErrorCode::ImageTooLarge, name, "has " + size + " pixels, more than 100 million or 30000 a side",
                    "scale it down first");
    if (file.size() > kLargestFile)
        throw Error(ErrorCode::ImageTooLarge, name, "is larger than 256 MB", "scale it down first");
}

} // namespace

#ifdef HEADLENS_WITH_OPENCV

namespace {

cv::Mat decodeRaw(std::span<const std::byte> file, const std::string& name, int flags)
{
    checkHeader(file, name);
    // libtiff would multiply the colours by their alpha, which every other format leaves alone.
    std::vector<std::byte> multiplied;
    if (const auto alpha = unassociatedAlpha(file)) {
        multiplied.assign(file.begin(), file.end());
        multiplied[*alpha] = std::byte(1);
        file = multiplied;
    }
    cv::Mat decoded;
    try { // OpenCV throws for some damaged files and answers with an empty picture for others
        const cv::Mat raw(1, int(file.size()), CV_8U, const_cast<std::byte*>(file.data()));
        decoded = cv::imdecode(raw, flags);
    } catch (const cv::Exception&) {
        decoded.release();
    }
    if (decoded.empty())
        throw Error(ErrorCode::ImageUnreadable, name, "is damaged or of an unusual kind", "save it again as PNG");
    return decoded;
}

Image8 ownedCopy(const cv::Mat& mat)
{
    Image8 image(mat.cols, mat.rows, mat.channels());
    mat.copyTo(cv::Mat(mat.rows, mat.cols, mat.type(), image.pixels.data()));
    return image;
}

std::string encoded(const Image8& image, const char* extension, const std::vector<int>& options)
{
    const cv::Mat view(image.height, image.width, CV_8UC(image.channels),
                       const_cast<std::uint8_t*>(image.pixels.data()));
    cv::Mat swapped;
    cv::cvtColor(view, swapped, image.channels == 4 ? cv::COLOR_RGBA2BGRA : cv::COLOR_RGB2BGR);
    std::vector<std::uint8_t> bytes;
    if (!cv::imencode(extension, swapped, bytes, options))
        throw Error(ErrorCode::Internal, extension, "could not be encoded");
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

Image8 decodePicture(std::span<const std::byte> file, const std::string& name)
{
    cv::Mat picture = decodeRaw(file, name, cv::IMREAD_COLOR);
    cv::cvtColor(picture, picture, cv::COLOR_BGR2RGB);
    return ownedCopy(picture);
}

Image8 decodeArtwork(std::span<const std::byte> file, const std::string& name)
{
    cv::Mat picture = decodeRaw(file, name, cv::IMREAD_UNCHANGED);
    if (picture.depth() != CV_8U || picture.channels() != 4)
        throw Error(ErrorCode::ImageUnreadable, name, "has no 8-bit RGBA pixels");
    cv::cvtColor(picture, picture, cv::COLOR_BGRA2RGBA);
    return ownedCopy(picture);
}

std::string encodePng(const Image8& image)
{
    return encoded(image, ".png", {cv::IMWRITE_PNG_COMPRESSION, 6});
}

std::string encodeJpeg(const Image8& image, int quality)
{
    return encoded(image, ".jpg", {cv::IMWRITE_JPEG_QUALITY, quality});
}

void drawText(Image8& image, const std::string& text, int x, int y, int height, const std::uint8_t (&colour)[3])
{
    constexpr double kHersheyHeight = 22; // pixels of a capital letter at scale 1
    cv::Mat view(image.height, image.width, CV_8UC3, image.pixels.data());
    cv::putText(view, text, {x, y}, cv::FONT_HERSHEY_SIMPLEX, height / kHersheyHeight,
                cv::Scalar(colour[0], colour[1], colour[2]), 1, cv::LINE_AA);
}

#else

namespace {
[[noreturn]] void absent(const std::string& name)
{
    throw Error(ErrorCode::ImageUnreadable, name, "cannot be decoded: this engine was built without OpenCV",
                "give ready pixel values with --inputs");
}
} // namespace

Image8 decodePicture(std::span<const std::byte> file, const std::string& name)
{
    checkHeader(file, name);
    absent(name);
}
Image8 decodeArtwork(std::span<const std::byte>, const std::string& name)
{
    absent(name);
}
std::string encodePng(const Image8&)
{
    absent("PNG");
}
std::string encodeJpeg(const Image8&, int)
{
    absent("JPEG");
}
void drawText(Image8&, const std::string&, int, int, int, const std::uint8_t (&)[3]) {}

#endif

} // namespace headlens
