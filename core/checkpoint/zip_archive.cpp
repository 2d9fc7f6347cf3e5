// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/zip_archive.h"

#include "core/base/error.h"

#include <fmt/format.h>

#include <algorithm>

#include <zip.h>

namespace headlens {
namespace {

struct CloseEntry {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

} // namespace

void ZipArchive::Close::operator()(zip* archive) const
{
    zip_discard(archive);
}

ZipArchive::ZipArchive(const std::string& path) : m_path(path)
{
    int problem = 0;
    m_zip.reset(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &problem));
    if (!m_zip)
        throw Error(ErrorCode::BadHeader, path, "is no intact zip archive", "download or save the checkpoint again");
}

ZipArchive::~ZipArchive() = default;

std::vector<std::string> ZipArchive::names() const
{
    std::vector<std::string> names;
    for (zip_int64_t i = 0, count = zip_get_num_entries(m_zip.get(), 0); i < count; ++i) {
        const char* name = zip_get_name(m_zip.get(), zip_uint64_t(i), 0);
        names.emplace_back(name != nullptr ? name : "");
    }
    return names;
}

std::uint64_t ZipArchive::sizeOf(const std::string& name) const
{
    zip_stat_t info;
    zip_stat_init(&info);
    if (zip_stat(m_zip.get(), name.c_str(), 0, &info) != 0 || (info.valid & ZIP_STAT_SIZE) == 0)
        throw Error(ErrorCode::BadHeader, m_path, "lacks the entry " + name, "download or save it again");
    if ((info.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && info.encryption_method != ZIP_EM_NONE)
        throw Error(ErrorCode::BadHeader, m_path, "is encrypted", "save it again without a password");
    return info.size;
}

std::vector<std::byte> ZipArchive::read(const std::string& name, std::uint64_t limit,
                                        std::optional<std::uint64_t> exact) const
{
    const std::uint64_t size = sizeOf(name);
    if (exact && size != *exact)
        throw Error(ErrorCode::BadHeader, m_path, "has an entry " + name + " whose size does not fit its storage");
    if (size > limit)
        throw Error(ErrorCode::BadHeader, m_path,
                    fmt::format("has an entry of {} bytes where at most {} belong", size, limit));
    return unpacked(name, std::size_t(size), /*whole=*/true);
}

std::vector<std::byte> ZipArchive::begin(const std::string& name, std::size_t count) const
{
    return unpacked(name, std::size_t(std::min<std::uint64_t>(count, sizeOf(name))), /*whole=*/false);
}

std::vector<std::byte> ZipArchive::unpacked(const std::string& name, std::size_t count, bool whole) const
{
    const std::unique_ptr<zip_file_t, CloseEntry> file(zip_fopen(m_zip.get(), name.c_str(), 0));
    std::vector<std::byte> bytes(count);
    std::size_t done = 0;
    while (file && done < bytes.size()) {
        const zip_int64_t got = zip_fread(file.get(), bytes.data() + done, bytes.size() - done);
        if (got <= 0) break;
        done += std::size_t(got);
    }
    char extra = 0; // reading past the end makes libzip compare the CRC
    if (!file || done != bytes.size() || (whole && zip_fread(file.get(), &extra, 1) != 0))
        throw Error(ErrorCode::BadHeader, m_path, "has a damaged entry (" + name + ")", "download or copy it again");
    return bytes;
}

} // namespace headlens
