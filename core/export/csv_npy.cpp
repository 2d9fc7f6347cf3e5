// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/csv_npy.h"

#include <fmt/format.h>

#include <iterator>

namespace headlens {

std::string npy(std::span<const float> values, const std::vector<std::int64_t>& shape)
{
    std::string dimensions;
    for (const std::int64_t extent : shape) dimensions += std::to_string(extent) + ",";
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + dimensions + "), }";
    constexpr std::size_t kPreamble = 10, kAlignment = 64;
    const std::size_t total = (kPreamble + header.size() + 1 + kAlignment - 1) / kAlignment * kAlignment;
    header.resize(total - kPreamble - 1, ' ');
    header += '\n';
    std::string file = std::string("\x93NUMPY\x01\x00", 8);
    file += char(header.size() & 0xFF);
    file += char(header.size() >> 8);
    file += header;
    file.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    return file;
}

std::string csv(std::span<const float> values, std::size_t columns, const std::string& header)
{
    std::string text = header.empty() ? "" : header + "\n";
    for (std::size_t i = 0; i < values.size(); ++i) {
        fmt::format_to(std::back_inserter(text), "{:.9g}", values[i]);
        text += (i + 1) % columns == 0 ? '\n' : ',';
    }
    return text;
}

} // namespace headlens
