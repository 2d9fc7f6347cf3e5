// SPDX-License-Identifier: GPL-3.0-or-later
// Zip archives and NumPy arrays for tests.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <zip.h>

namespace headlens::test {

// Entries as they come, not compressed.
inline void writeZip(const std::string& path, const std::vector<std::pair<std::string, std::string>>& entries)
{
    int problem = 0;
    zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &problem);
    for (const auto& [name, bytes] : entries) {
        zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
        const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        zip_set_file_compression(archive, zip_uint64_t(index), ZIP_CM_STORE, 0);
    }
    zip_close(archive);
}

// One .npy of version 1 with the given bytes behind its header.
inline std::string npy(const std::string& descr, const std::string& shape, const std::string& data,
                       bool columnMajor = false)
{
    std::string header = "{'descr': '" + descr + "', 'fortran_order': " + (columnMajor ? "True" : "False") +
                         ", 'shape': " + shape + ", }";
    while ((10 + header.size() + 1) % 64 != 0) header += ' ';
    header += '\n';
    return std::string("\x93NUMPY\x01\0", 8) + char(header.size() & 0xFF) + char(header.size() >> 8) + header + data;
}

} // namespace headlens::test
