// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/byte_cursor.h"

#include "core/base/error.h"

#include <algorithm>
#include <cstring>

namespace headlens {

ByteSource sourceOf(const FileBytes& file)
{
    return {file.path(), file.size(),
            [&file](std::uint64_t offset, std::span<std::byte> target) { file.read(offset, target); }};
}

void ByteCursor::refuse(const std::string& why) const
{
    throw Error(ErrorCode::BadHeader, m_source.subject, why, "the file is damaged: download it again");
}

void ByteCursor::demand(std::uint64_t count, std::uint64_t each) const
{
    if (count > (m_source.size - m_position) / each)
        throw Error(ErrorCode::Truncated, m_source.subject, "ends inside its header", "download or copy it again");
    if (m_position > m_most || count > (m_most - m_position) / each)
        refuse("has a header of more than " + std::to_string(m_most >> 20) + " MB");
}

std::string ByteCursor::text(std::uint64_t most)
{
    const auto length = number<std::uint64_t>();
    demand(length, 1);
    if (length > most) refuse("has a name of " + std::to_string(length) + " bytes");
    std::string text(std::size_t(length), '\0');
    take(std::as_writable_bytes(std::span(text.data(), text.size())));
    return text;
}

void ByteCursor::take(std::span<std::byte> target)
{
    while (!target.empty()) {
        if (m_position - m_windowAt >= m_window.size()) refill();
        const auto from = std::span(m_window).subspan(std::size_t(m_position - m_windowAt));
        const std::size_t count = std::min(from.size(), target.size());
        std::memcpy(target.data(), from.data(), count);
        target = target.subspan(count);
        m_position += count;
    }
}

void ByteCursor::refill()
{
    constexpr std::uint64_t kWindow = 64 << 10;
    m_window.resize(std::size_t(std::min(kWindow, m_source.size - m_position)));
    m_windowAt = m_position;
    m_source.read(m_position, m_window);
}

} // namespace headlens
