// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/checkpoint/container.h"
#include "core/checkpoint/file_bytes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace headlens {
namespace {

SafetensorsHeader readHeader(const FileBytes& file)
{
    std::array<std::byte, 64> first{};
    const auto peek = std::span(first).first(std::size_t(std::min<std::uint64_t>(first.size(), file.size())));
    if (file.size() > 0) file.read(0, peek);
    if (const std::string what = describeForeign(peek); !what.empty())
        throw Error(ErrorCode::WrongContent, file.path(), "is " + what, "choose a safetensors file");
    if (file.size() < kLengthBytes)
        throw Error(ErrorCode::Truncated, file.path(),
                    file.size() == 0 ? "is empty" : "is too short for a safetensors file", "download or copy it again");
    const std::uint64_t length = announcedHeaderLength(std::span(first).first<kLengthBytes>(), file.path());
    if (length > file.size() - kLengthBytes)
        throw Error(ErrorCode::Truncated, file.path(), "ends inside its header", "download or copy it again");
    std::string json(std::size_t(length), '\0');
    file.read(kLengthBytes, std::as_writable_bytes(std::span(json.data(), json.size())));
    SafetensorsHeader header = parseSafetensorsHeader(json, file.path());
    const std::uint64_t expected = header.dataOffset + header.dataBytes;
    if (file.size() < expected)
        throw Error(ErrorCode::Truncated, file.path(),
                    fmt::format("has {} bytes but its header needs {}", file.size(), expected),
                    "download or copy it again");
    if (file.size() > expected)
        throw Error(ErrorCode::BadHeader, file.path(), "has bytes after its last tensor",
                    "the file is damaged or disguised");
    return header;
}

class SafetensorsFile : public Container {
public:
    explicit SafetensorsFile(const std::string& path) : m_file(path), m_header(readHeader(m_file))
    {
        for (const TensorEntry& entry : m_header.tensors) m_tensors.push_back({entry.name, entry.dtype, entry.shape});
    }
    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }
    std::vector<std::string> files() const override { return {m_file.path()}; }
    RawTensor read(std::size_t index) const override
    {
        const TensorEntry& entry = m_header.tensors.at(index);
        RawTensor raw{entry.dtype, entry.shape, std::vector<std::byte>(std::size_t(entry.bytes()))};
        m_file.read(m_header.dataOffset + entry.begin, raw.bytes);
        return raw;
    }
    std::optional<FileSlice> sliceOf(std::size_t index) const override
    {
        const TensorEntry& entry = m_header.tensors.at(index);
        return FileSlice{&m_file, m_header.dataOffset + entry.begin, entry.bytes()};
    }

private:
    FileBytes m_file;
    SafetensorsHeader m_header;
    std::vector<StoredTensor> m_tensors;
};

} // namespace

std::map<std::string, std::string> readSafetensorsMetadata(const std::string& path)
{
    return readHeader(FileBytes(path)).metadata;
}

std::unique_ptr<Container> openSafetensors(const std::string& path)
{
    return std::make_unique<SafetensorsFile>(path);
}

} // namespace headlens
