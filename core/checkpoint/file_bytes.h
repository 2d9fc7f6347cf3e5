// SPDX-License-Identifier: GPL-3.0-or-later
// Reading of untrusted files: regular files only, by position, with every request checked against the real size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace headlens {

class FileBytes {
public:
    // Throws Error(FileMissing | FileUnreadable | WrongContent) for what is absent, unreadable or no regular file.
    explicit FileBytes(const std::string& path);
    ~FileBytes();
    FileBytes(const FileBytes&) = delete;
    FileBytes& operator=(const FileBytes&) = delete;

    const std::string& path() const { return m_path; }
    std::uint64_t size() const { return m_size; }
    // Fills `target` from `offset`. Throws Error(Truncated) when the file ends before. Thread safe.
    void read(std::uint64_t offset, std::span<std::byte> target) const;

private:
    std::string m_path;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

// Throws Error(WriteFailed) when `target` is one of `sources`, or stands for something that is no regular file.
void requireTarget(const std::string& target, const std::vector<std::string>& sources);

// The whole file as text or bytes; Error(WrongContent) beyond `limit` bytes.
std::string readWhole(const std::string& path, std::uint64_t limit);

// What a file is by its first bytes when it is no model: "a web page (HTML)", "a Git-LFS pointer", "a GGUF file" ...
// Empty when nothing is recognised.
std::string describeForeign(std::span<const std::byte> first);

// SHA-256 of a whole file / of bytes, 64 hexadecimal digits.
std::string sha256OfFile(const std::string& path);
std::string sha256Of(std::span<const std::byte> data);

} // namespace headlens
