// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/message.h"

#include "core/base/error.h"

#include <array>
#include <charconv>
#include <cstring>

namespace headlens {
namespace {

constexpr std::array<std::string_view, 5> kStatus{"request", "progress", "done", "cancelled", "failed"};
const std::string kSubject = "message";

[[noreturn]] void refuse(const std::string& why)
{
    throw Error(ErrorCode::BadRequest, kSubject, why);
}

std::string field(const SafetensorsHeader& header, const std::string& key)
{
    const auto hit = header.metadata.find(key);
    return hit == header.metadata.end() ? std::string() : hit->second;
}

std::uint64_t idFrom(const std::string& text)
{
    std::uint64_t id = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (problem != std::errc() || end != text.data() + text.size()) refuse("its id is no number");
    return id;
}

Status statusFrom(const std::string& text)
{
    for (std::size_t i = 0; i < kStatus.size(); ++i)
        if (kStatus[i] == text) return Status(i);
    refuse("its status is unknown");
}

} // namespace

std::string_view nameOf(Status status)
{
    return kStatus.at(std::size_t(status));
}

const TensorBytes* Message::find(std::string_view name) const
{
    for (const TensorBytes& tensor : tensors)
        if (tensor.name == name) return &tensor;
    return nullptr;
}

std::string encode(const Message& message)
{
    const std::map<std::string, std::string> metadata{
        {"id", std::to_string(message.id)},
        {"verb", message.verb},
        {"tag", message.tag},
        {"status", std::string(nameOf(message.status))},
        {"body", message.body.dump(-1, ' ', false, Json::error_handler_t::replace)},
    };
    std::string blob = safetensorsPreamble(message.tensors, metadata);
    std::size_t total = blob.size();
    for (const TensorBytes& tensor : message.tensors) total += tensor.data.size();
    blob.reserve(total);
    for (const TensorBytes& tensor : message.tensors)
        blob.append(reinterpret_cast<const char*>(tensor.data.data()), tensor.data.size());
    return blob;
}

void FrameReader::feed(std::span<const std::byte> bytes)
{
    // Move what is left to the front only when it pays, so that many small portions stay linear.
    if (m_used > 0 && m_used >= m_buffer.size() / 2) {
        m_buffer.erase(m_buffer.begin(), m_buffer.begin() + std::ptrdiff_t(m_used));
        m_used = 0;
    }
    m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
}

bool FrameReader::readHeader()
{
    const std::size_t available = m_buffer.size() - m_used;
    if (available < kLengthBytes) return false;
    const std::span<const std::byte, kLengthBytes> first(m_buffer.data() + m_used, kLengthBytes);
    const std::uint64_t length = announcedHeaderLength(first, kSubject);
    if (available - kLengthBytes < length) return false;
    const auto* json = reinterpret_cast<const char*>(m_buffer.data() + m_used + kLengthBytes);
    m_header = parseSafetensorsHeader({json, std::size_t(length)}, kSubject);
    if (m_header->dataBytes > m_largest) refuse("larger than " + std::to_string(m_largest) + " bytes");
    return true;
}

Message FrameReader::take()
{
    const SafetensorsHeader& header = *m_header;
    Message message;
    message.id = idFrom(field(header, "id"));
    message.verb = field(header, "verb");
    message.tag = field(header, "tag");
    message.status = statusFrom(field(header, "status"));
    const std::string body = field(header, "body");
    if (!body.empty()) message.body = parseJsonObject(body, kSubject);

    const std::byte* data = m_buffer.data() + m_used + header.dataOffset;
    auto owner = std::make_shared<std::vector<std::byte>>(data, data + header.dataBytes);
    for (const TensorEntry& entry : header.tensors)
        message.tensors.push_back({entry.name, entry.dtype, entry.shape, owner,
                                   std::span<const std::byte>(*owner).subspan(entry.begin, entry.bytes())});
    m_used += std::size_t(header.dataOffset + header.dataBytes);
    m_header.reset();
    return message;
}

std::optional<Message> FrameReader::next()
{
    if (!m_header && !readHeader()) return std::nullopt;
    if (m_buffer.size() - m_used < m_header->dataOffset + m_header->dataBytes) return std::nullopt;
    return take();
}

} // namespace headlens
