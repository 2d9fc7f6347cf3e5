// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/grey_levels.h"

#ifdef HEADLENS_WITH_OPENCV

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>

#include <opencv2/core.hpp>

namespace headlens {
namespace {

std::string inWords(double low, double high)
{
    return fmt::format("{:.6g} to {:.6g}", low, high);
}

cv::Mat fromSixteenBits(const cv::Mat& picture, std::string& remark)
{
    constexpr int kStretched = 12, kDark = 14; // bits
    double low = 0, high = 0;
    cv::minMaxIdx(picture.reshape(1), &low, &high);
    const auto bits = int(std::bit_width(unsigned(high)));
    if (high > 0 && bits <= kStretched)
        remark = "its 16-bit numbers use " + std::to_string(bits) + " bits: stretched";
    else if (high > 0 && bits <= kDark)
        remark = "its 16-bit numbers use only " + std::to_string(bits) + " bits, so it is dark";
    const int shift = bits > kStretched ? 8 : bits - 8; // below 0: fewer than 8 bits
    cv::Mat levels(picture.rows, picture.cols, CV_8UC(picture.channels()));
    const std::size_t row = std::size_t(picture.cols) * std::size_t(picture.channels());
    for (int y = 0; y < picture.rows; ++y)
        std::transform(picture.ptr<ushort>(y), picture.ptr<ushort>(y) + row, levels.ptr<uchar>(y),
                       [&](ushort value) { return uchar(shift >= 0 ? value >> shift : value << -shift); });
    return levels;
}

} // namespace

cv::Mat toGreyLevels(const cv::Mat& picture, std::string& remark)
{
    constexpr double kWhite = 255;
    if (picture.depth() == CV_8U) return picture;
    if (picture.depth() == CV_16U) return fromSixteenBits(picture, remark);
    cv::Mat numbers, levels;
    picture.convertTo(numbers, picture.depth() == CV_64F || picture.depth() == CV_32S ? CV_64F : CV_32F);
    cv::Mat flat = numbers.reshape(1);
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    const cv::Mat finite = (flat > -kInfinity) & (flat < kInfinity); // "no data" is often no number
    double low = 0, high = 0;
    if (cv::countNonZero(finite) > 0) cv::minMaxIdx(flat, &low, &high, nullptr, nullptr, finite);
    flat.setTo(low, ~finite);
    const bool shares = low >= 0 && high <= 1, grey = !shares && low >= 0 && high <= kWhite;
    if (shares || grey) {
        low = 0;
        high = shares ? 1 : kWhite;
    }
    remark = grey ? std::string("its real numbers were taken as grey levels from 0 to 255")
                  : "its numbers from " + inWords(low, high) + " were stretched to 256 grey levels";
    const double scale = high > low ? kWhite / (high - low) : 0;
    numbers.convertTo(levels, CV_8U, scale, -low * scale);
    return levels;
}

} // namespace headlens

#endif
