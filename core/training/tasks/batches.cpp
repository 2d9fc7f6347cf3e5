// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tasks/batches.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {

at::Tensor pixelsOf(const std::vector<Image8>& pictures)
{
    const std::int64_t count = std::int64_t(pictures.size()), height = pictures.at(0).height,
                       width = pictures.at(0).width;
    const at::Tensor bytes = at::empty({count, height, width, 3}, at::kByte);
    for (std::int64_t i = 0; i < count; ++i)
        std::ranges::copy(pictures[std::size_t(i)].pixels, bytes.data_ptr<std::uint8_t>() + i * height * width * 3);
    return bytes.permute({0, 3, 1, 2}).to(at::kFloat).div_(127.5).sub_(1).contiguous();
}

at::Tensor padded(const std::vector<std::vector<std::int64_t>>& lines, std::int64_t fill, std::int64_t width)
{
    for (const auto& line : lines) width = std::max(width, std::int64_t(line.size()));
    const at::Tensor all = at::full({std::int64_t(lines.size()), width}, fill, at::kLong);
    for (std::size_t i = 0; i < lines.size(); ++i)
        std::ranges::copy(lines[i], all.data_ptr<std::int64_t>() + std::int64_t(i) * width);
    return all;
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

} // namespace headlens
