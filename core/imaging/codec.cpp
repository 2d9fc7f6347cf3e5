// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codec.h"

#include "core/base/error.h"
#include "core/imaging/first_frame.h"
#include "core/imaging/foreign_pictures.h"
#include "core/imaging/grey_levels.h"
#include "core/imaging/image_header.h"
#include "core/imaging/jpeg_extent.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <streambuf>

#ifdef HEADLENS_WITH_OPENCV
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#endif

namespace headlens {
namespace {

// Never 0 or 100: something is there, and something is missing.
std::string percent(double share)
{
    return std::to_string(std::clamp(int(100 * share), 1, 99)) + " %";
}

[[noreturn]] void refuseDamaged(std::span<const std::byte> file, const std::string& name)
{
    const double share = shareOfFile(file);
    if (share == 1)
        throw Error(ErrorCode::ImageUnreadable, name, "is damaged or of an unusual kind", "save it again as PNG");
    throw Error(ErrorCode::ImageUnreadable, name,
                share > 0 ? "is cut off (" + percent(share) + " of the file)"
                          : std::string("is cut off: its end is missing"),
                "copy or download it again");
}

ImageHeader checkedHeader(std::span<const std::byte> file, const std::string& name)
{
    constexpr long long kMostPixels = 100'000'000;
    constexpr long long kLongestSide = 30'000;
    constexpr std::size_t kLargestFile = 256U << 20;
    if (file.empty()) throw Error(ErrorCode::ImageUnreadable, name, "is empty", "choose another picture");
    const auto header = readImageHeader(file);
    if (const std::string_view foreign = foreignPicture(file); !header && !foreign.empty())
        throw Error(ErrorCode::ImageUnreadable, name,
                    "is a picture of the kind " + std::string(foreign) + ", which HeadLens does not read",
                    "save it as PNG or JPEG");
    if (!header && shareOfFile(file) < 1) refuseDamaged(file, name);
    if (!header)
        throw Error(ErrorCode::ImageUnreadable, name, "is no PNG, JPEG, BMP, GIF, WebP, TIFF or PNM picture",
                    "choose another file");
    const std::string size = fmt::format("{} x {}", header->width, header->height);
    if (header->width > kLongestSide || header->height > kLongestSide || header->width * header->height > kMostPixels)
        throw Error(ErrorCode::ImageTooLarge, name, "has " + size + " pixels, more than 100 million or 30000 a side",
                    "scale it down first");
    if (file.size() > kLargestFile)
        throw Error(ErrorCode::ImageTooLarge, name, "is larger than 256 MB", "scale it down first");
    return *header;
}

} // namespace

#ifdef HEADLENS_WITH_OPENCV

namespace {

// OpenCV tells of damaged files on std::cerr; a person reads one sentence, ours. (Its libraries for PNG and JPEG write
// past it.) Pictures are decoded on one thread at a time: it is the stream of the whole process.
class QuietErrors {
public:
    QuietErrors() : m_errors(std::cerr.rdbuf(nullptr)) {}
    ~QuietErrors()
    {
        std::cerr.rdbuf(m_errors);
        std::cerr.clear();
    }
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;

private:
    std::streambuf* m_errors;
};

cv::Mat decodeRaw(std::span<const std::byte> file, int flags)
{
    std::vector<std::byte> changed;
    if (const auto alpha = unassociatedAlpha(file)) {
        // libtiff would multiply the colours by their alpha, which every other format leaves alone.
        changed.assign(file.begin(), file.end());
        changed[*alpha] = std::byte(1);
    } else if (file[0] == std::byte(0xFF) && !hasJpegEnd(file)) {
        // OpenCV shows nothing of a progressive JPEG without its end marker.
        changed.assign(file.begin(), file.end());
        changed.insert(changed.end(), {std::byte(0xFF), std::byte(0xD9)});
    }
    if (!changed.empty()) file = changed;
    cv::Mat decoded;
    const QuietErrors quiet;
    try { // OpenCV throws for some damaged files and answers with an empty picture for others
        const cv::Mat raw(1, int(file.size()), CV_8U, const_cast<std::byte*>(file.data()));
        decoded = cv::imdecode(raw, flags);
    } catch (const cv::Exception&) {
        decoded.release();
    }
    return decoded; // empty: damaged
}

// BGR of 8 bits. OpenCV gives one channel of real numbers as it is only.
cv::Mat colours(std::span<const std::byte> file, const ImageHeader& header, const std::string& name,
                std::vector<std::string>& remarks)
{
    if (isUnusualTiff(file))
        throw Error(
            ErrorCode::ImageUnreadable, name,
            "is a TIFF of more than 8 bits with separate channels or with 0 as white, which HeadLens does not read",
            "save it as PNG");
    cv::Mat picture = decodeRaw(file, cv::IMREAD_COLOR | cv::IMREAD_ANYDEPTH);
    if (picture.empty() && header.format == "TIFF") picture = decodeRaw(file, cv::IMREAD_UNCHANGED);
    if (picture.empty() || (picture.channels() != 1 && picture.channels() != 3)) refuseDamaged(file, name);
    std::string remark;
    try {
        picture = toGreyLevels(picture, remark);
    } catch (const cv::Exception&) { // no memory for the conversion
        throw Error(ErrorCode::ImageTooLarge, name, "is too large to be converted to 8 bits",
                    "save it as 8 bits first");
    }
    if (!remark.empty()) remarks.push_back(std::move(remark));
    if (picture.channels() == 1) cv::cvtColor(picture, picture, cv::COLOR_GRAY2BGR);
    return picture;
}

Image8 ownedCopy(const cv::Mat& mat)
{
    Image8 image(mat.cols, mat.rows, mat.channels());
    mat.copyTo(cv::Mat(mat.rows, mat.cols, mat.type(), image.pixels.data()));
    return image;
}

// `orientation` as EXIF counts: from 2 mirrored, turned by 180, both, and the same four of a picture on its side.
Image8 upright(Image8 image, int orientation)
{
    if (orientation == 1) return image;
    cv::Mat turned(image.height, image.width, CV_8UC3, image.pixels.data());
    if (orientation >= 5) cv::transpose(turned, turned);
    constexpr int kNot = 2;                                          // what cv::flip does not take
    constexpr std::array<int, 9> kFlip{2, 2, 1, -1, 0, 2, 1, -1, 0}; // 1 left and right, 0 up and down, -1 both
    if (const int flip = kFlip.at(std::size_t(orientation)); flip != kNot) cv::flip(turned, turned, flip);
    return ownedCopy(turned);
}

std::string missingText(const JpegExtent& extent)
{
    switch (extent.missing) {
    case JpegExtent::Missing::Nothing: break;
    case JpegExtent::Missing::Rows: return "is cut off (" + percent(extent.rows) + " of its rows are there)";
    case JpegExtent::Missing::Detail: return "is cut off: its fine detail is missing";
    case JpegExtent::Missing::Colours: return "is cut off: parts of its colours are missing";
    }
    return {};
}

// Throws Error(ImageCut) for a JPEG that ends too early, or says so.
void checkExtent(std::span<const std::byte> file, const ImageHeader& header, const std::string& name, CutPicture cut,
                 std::vector<std::string>& remarks)
{
    const JpegExtent extent = extentOfJpeg(file, header.width, header.height);
    if (extent.missing == JpegExtent::Missing::Nothing) return;
    if (extent.rows == 0)
        throw Error(ErrorCode::ImageUnreadable, name, "is cut off before its first row", "copy or download it again");
    if (cut == CutPicture::Refused)
        throw Error(ErrorCode::ImageCut, name, missingText(extent),
                    "copy it again, or look at it all the same (--allow-cut)");
    remarks.push_back(missingText(extent));
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

DecodedPicture decodePicture(std::span<const std::byte> file, const std::string& name, CutPicture cut)
{
    const ImageHeader header = checkedHeader(file, name);
    DecodedPicture picture;
    if (header.format == "JPEG") checkExtent(file, header, name, cut, picture.remarks);
    if (header.format == "GIF" || isAnimatedWebp(file)) {
        const auto first =
            (header.format == "GIF" ? firstOfGif : firstOfWebp)(file, int(header.width), int(header.height));
        if (!first) refuseDamaged(file, name);
        if (first->moves) picture.remarks.emplace_back("moves: its first picture is shown");
        picture.image = first->image;
    } else {
        cv::Mat decoded = colours(file, header, name, picture.remarks);
        cv::cvtColor(decoded, decoded, cv::COLOR_BGR2RGB);
        picture.image = ownedCopy(decoded);
    }
    picture.image = upright(std::move(picture.image), webpOrientation(file));
    return picture;
}

Image8 decodeArtwork(std::span<const std::byte> file, const std::string& name)
{
    checkedHeader(file, name);
    cv::Mat picture = decodeRaw(file, cv::IMREAD_UNCHANGED);
    if (picture.empty() || picture.depth() != CV_8U || picture.channels() != 4)
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

DecodedPicture decodePicture(std::span<const std::byte> file, const std::string& name, CutPicture)
{
    checkedHeader(file, name);
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
