// SPDX-License-Identifier: GPL-3.0-or-later
// Reads untrusted bytes forwards, through a window: everything asked for is compared with what is left before memory is
// taken for it.
#pragma once

#include "core/checkpoint/file_bytes.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace headlens {

// Bytes that can be read from anywhere: a file, or memory in tests.
struct ByteSource {
    std::string subject; // for messages
    std::uint64_t size = 0;
    std::function<void(std::uint64_t offset, std::span<std::byte> target)> read;
};
ByteSource sourceOf(const FileBytes& file); // which must outlive it

// The header of a file: little-endian numbers, and texts behind their length (64 bits).
class ByteCursor {
public:
    // The source must outlive it. A header of more than `most` bytes is refused.
    ByteCursor(const ByteSource& source, std::uint64_t most) : m_source(source), m_most(most) {}

    std::uint64_t position() const { return m_position; }
    const std::string& subject() const { return m_source.subject; }
    [[noreturn]] void refuse(const std::string& why) const; // Error(BadHeader)
    // Throws Error(Truncated) where `count` things of at least `each` bytes cannot follow.
    void demand(std::uint64_t count, std::uint64_t each) const;
    template <class Number>
    Number number()
    {
        demand(1, sizeof(Number));
        std::array<std::byte, sizeof(Number)> bytes{};
        take(bytes);
        return std::bit_cast<Number>(bytes);
    }
    // Throws Error(BadHeader) for one that is longer than `most` bytes.
    std::string text(std::uint64_t most);

private:
    void take(std::span<std::byte> target);
    void refill();

    const ByteSource& m_source;
    std::uint64_t m_most, m_position = 0, m_windowAt = 0;
    std::vector<std::byte> m_window;
};

} // namespace headlens
