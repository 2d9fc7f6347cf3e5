// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/file_bytes.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string_view>

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace headlens {
namespace {

struct Magic {
    std::string_view bytes;
    std::string_view what;
};

// The most frequent things that stand where a model should.
const std::array<Magic, 12> kForeign{{
    {"version https://git-lfs", "a Git-LFS pointer, not the file itself: run 'git lfs pull' in that folder"},
    {"<!DOCTYPE", "a web page (HTML)"},
    {"<!doctype", "a web page (HTML)"},
    {"<html", "a web page (HTML)"},
    {"GGUF", "a GGUF file (llama.cpp)"},
    {"\x89PNG", "a PNG picture"},
    {"\xFF\xD8\xFF", "a JPEG picture"},
    {"\x1F\x8B", "a gzip archive"},
    {"7z\xBC\xAF", "a 7z archive"},
    {"%PDF", "a PDF document"},
    {"\x89HDF", "an HDF5 file (Keras or TensorFlow)"},
    {"\x93NUMPY", "a NumPy array"},
}};

class Sha256 {
public:
    Sha256() : m_context(EVP_MD_CTX_new()) { EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr); }
    void add(std::span<const std::byte> data) { EVP_DigestUpdate(m_context.get(), data.data(), data.size()); }
    std::string hex()
    {
        std::array<unsigned char, 32> digest{};
        EVP_DigestFinal_ex(m_context.get(), digest.data(), nullptr);
        constexpr std::string_view kDigits = "0123456789abcdef";
        std::string text;
        for (const unsigned char byte : digest) {
            text += kDigits[byte >> 4];
            text += kDigits[byte & 15];
        }
        return text;
    }

private:
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> m_context;
};

} // namespace

FileBytes::FileBytes(const std::string& path) : m_path(path)
{
    // Non-blocking, or opening a FIFO that stands in place of a file would hang.
    m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (m_descriptor < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            throw Error(ErrorCode::FileMissing, path, "does not exist", "check the path");
        throw Error(ErrorCode::FileUnreadable, path, std::string("cannot be read (") + std::strerror(errno) + ")",
                    "check its permissions");
    }
    struct stat info {};
    const bool known = ::fstat(m_descriptor, &info) == 0;
    if (!known || !S_ISREG(info.st_mode)) {
        ::close(m_descriptor);
        throw Error(ErrorCode::WrongContent, path,
                    known && S_ISDIR(info.st_mode) ? "is a folder" : "is no regular file", "choose a file");
    }
    m_size = std::uint64_t(info.st_size);
}

FileBytes::~FileBytes()
{
    ::close(m_descriptor);
}

void FileBytes::read(std::uint64_t offset, std::span<std::byte> target) const
{
    while (!target.empty()) {
        const ssize_t got = ::pread(m_descriptor, target.data(), target.size(), off_t(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0)
            throw Error(ErrorCode::FileUnreadable, m_path,
                        std::string("reading failed (") + std::strerror(errno) + ")");
        if (got == 0) throw Error(ErrorCode::Truncated, m_path, "ends too early", "download or copy it again");
        target = target.subspan(std::size_t(got));
        offset += std::uint64_t(got);
    }
}

std::string readWhole(const std::string& path, std::uint64_t limit)
{
    const FileBytes file(path);
    if (file.size() > limit)
        throw Error(ErrorCode::WrongContent, path, "is larger than " + std::to_string(limit >> 20) + " MB",
                    "choose another file");
    std::string text(std::size_t(file.size()), '\0');
    file.read(0, std::as_writable_bytes(std::span(text.data(), text.size())));
    return text;
}

std::string describeForeign(std::span<const std::byte> first)
{
    std::string_view text(reinterpret_cast<const char*>(first.data()), first.size());
    for (const Magic& magic : kForeign)
        if (text.starts_with(magic.bytes)) return std::string(magic.what);
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    if (start != std::string_view::npos && start > 0) return describeForeign(first.subspan(start));
    return {};
}

std::string sha256OfFile(const std::string& path)
{
    const FileBytes file(path);
    Sha256 hash;
    std::vector<std::byte> buffer(std::size_t{1} << 20);
    for (std::uint64_t at = 0; at < file.size(); at += buffer.size()) {
        const auto portion =
            std::span(buffer).first(std::size_t(std::min<std::uint64_t>(buffer.size(), file.size() - at)));
        file.read(at, portion);
        hash.add(portion);
    }
    return hash.hex();
}

std::string sha256Of(std::span<const std::byte> data)
{
    Sha256 hash;
    hash.add(data);
    return hash.hex();
}

void requireTarget(const std::string& target, const std::vector<std::string>& sources)
{
    namespace fs = std::filesystem;
    std::error_code problem;
    for (const std::string& source : sources)
        if (!source.empty() && fs::equivalent(source, target, problem))
            throw Error(ErrorCode::WriteFailed, target, "is read by this command", "choose another name");
    const fs::file_status status = fs::status(target, problem);
    if (fs::exists(status) && !fs::is_regular_file(status))
        throw Error(ErrorCode::WriteFailed, target, "is no regular file", "choose another name");
}

} // namespace headlens
