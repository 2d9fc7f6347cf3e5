// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/image_header.h"

#include <cstdint>
#include <cstring>
#include <string_view>

namespace headlens {
namespace {

// Little helpers over the bytes that answer 0 beyond the end; every parser checks the claimed sizes afterwards.
class Bytes {
public:
    explicit Bytes(std::span<const std::byte> data) : m_data(data) {}
    std::size_t size() const { return m_data.size(); }
    std::uint32_t byte(std::size_t at) const { return at < m_data.size() ? std::uint32_t(m_data[at]) : 0; }
    std::uint32_t big(std::size_t at, int count) const
    {
        std::uint32_t value = 0;
        for (int i = 0; i < count; ++i) value = value << 8 | byte(at + std::size_t(i));
        return value;
    }
    std::uint32_t little(std::size_t at, int count) const
    {
        std::uint32_t value = 0;
        for (int i = count; i-- > 0;) value = value << 8 | byte(at + std::size_t(i));
        return value;
    }
    bool has(std::size_t at, std::string_view text) const
    {
        for (std::size_t i = 0; i < text.size(); ++i)
            if (byte(at + i) != std::uint8_t(text[i])) return false;
        return at + text.size() <= m_data.size();
    }

private:
    std::span<const std::byte> m_data;
};

std::optional<ImageHeader> jpeg(const Bytes& b)
{
    std::size_t at = 2;
    while (at + 9 < b.size()) {
        if (b.byte(at) != 0xFF) return std::nullopt;
        const std::uint32_t marker = b.byte(at + 1);
        if (marker == 0xFF) { // fill byte
            ++at;
            continue;
        }
        const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) return ImageHeader{"JPEG", b.big(at + 7, 2), b.big(at + 5, 2)};
        const bool alone = marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
        at += alone ? 2 : 2 + b.big(at + 2, 2);
    }
    return std::nullopt;
}

std::optional<ImageHeader> webp(const Bytes& b)
{
    if (b.has(12, "VP8X")) return ImageHeader{"WebP", b.little(24, 3) + 1LL, b.little(27, 3) + 1LL};
    if (b.has(12, "VP8L")) {
        const std::uint32_t bits = b.little(21, 4);
        return ImageHeader{"WebP", (bits & 0x3FFF) + 1LL, (bits >> 14 & 0x3FFF) + 1LL};
    }
    return ImageHeader{"WebP", b.little(26, 2) & 0x3FFF, b.little(28, 2) & 0x3FFF};
}

// Calls `entry(tag, type, count, where its value stands)` for the first directory.
template <typename Entry>
void forTiffEntries(const Bytes& b, Entry entry)
{
    const bool small = b.byte(0) == 'I';
    const auto number = [&](std::size_t at, int count) { return small ? b.little(at, count) : b.big(at, count); };
    const std::size_t directory = number(4, 4);
    const std::uint32_t entries = number(directory, 2);
    for (std::uint32_t i = 0; i < entries; ++i) {
        const std::size_t at = directory + 2 + 12 * std::size_t(i);
        if (at + 12 > b.size()) break;
        entry(number(at, 2), number(at + 2, 2), number(at + 4, 4), at + 8);
    }
}

// Calls `chunk(name's place, where its bytes begin, how many)` for the chunks of a WebP.
template <typename Chunk>
void forWebpChunks(const Bytes& b, Chunk chunk)
{
    for (std::size_t at = 12; at + 8 <= b.size();) {
        const std::size_t size = b.little(at + 4, 4);
        chunk(at, at + 8, size);
        at += 8 + size + size % 2;
    }
}

bool isWebp(const Bytes& b)
{
    return b.has(0, "RIFF") && b.has(8, "WEBP");
}

bool hasPngEnd(const Bytes& b)
{
    for (std::size_t at = 8; at + 12 <= b.size(); at += 12 + std::size_t(b.big(at, 4)))
        if (b.has(at + 4, "IEND")) return true;
    return false;
}

constexpr std::uint32_t kShort = 3; // a TIFF value of 16 bits

std::uint32_t tiffValue(const Bytes& b, std::uint32_t type, std::size_t at)
{
    const int bytes = type == kShort ? 2 : 4;
    return b.byte(0) == 'I' ? b.little(at, bytes) : b.big(at, bytes);
}

bool isTiff(const Bytes& b)
{
    return b.has(0, std::string_view("II*\0", 4)) || b.has(0, std::string_view("MM\0*", 4));
}

std::optional<ImageHeader> tiff(const Bytes& b)
{
    ImageHeader header{"TIFF", 0, 0};
    forTiffEntries(b, [&](std::uint32_t tag, std::uint32_t type, std::uint32_t, std::size_t at) {
        if (tag == 256) header.width = tiffValue(b, type, at);
        if (tag == 257) header.height = tiffValue(b, type, at);
    });
    return header;
}

std::optional<ImageHeader> pnm(const Bytes& b)
{
    std::size_t at = 2;
    long long sides[2] = {0, 0};
    for (long long& side : sides) {
        while (at < b.size() && (b.byte(at) <= ' ' || b.byte(at) == '#')) {
            if (b.byte(at) == '#')
                while (at < b.size() && b.byte(at) != '\n') ++at;
            ++at;
        }
        constexpr long long kEnough = 1'000'000'000;
        while (b.byte(at) >= '0' && b.byte(at) <= '9' && side < kEnough) side = side * 10 + (b.byte(at++) - '0');
    }
    return ImageHeader{"PNM", sides[0], sides[1]};
}

std::optional<ImageHeader> dispatch(const Bytes& b)
{
    if (b.has(0, "\x89PNG\r\n\x1a\n")) return ImageHeader{"PNG", b.big(16, 4), b.big(20, 4)};
    if (b.has(0, "\xFF\xD8\xFF")) return jpeg(b);
    if (b.has(0, "BM")) {
        const auto height = std::int32_t(b.little(22, 4)); // negative: rows from the top
        return ImageHeader{"BMP", std::int32_t(b.little(18, 4)), height < 0 ? -static_cast<long long>(height) : height};
    }
    if (b.has(0, "GIF8")) return ImageHeader{"GIF", b.little(6, 2), b.little(8, 2)};
    if (isWebp(b)) return webp(b);
    if (isTiff(b)) return tiff(b);
    if (b.byte(0) == 'P' && b.byte(1) >= '1' && b.byte(1) <= '6') return pnm(b);
    return std::nullopt;
}

} // namespace

std::optional<ImageHeader> readImageHeader(std::span<const std::byte> bytes)
{
    auto header = dispatch(Bytes(bytes));
    if (!header || header->width < 1 || header->height < 1) return std::nullopt;
    return header;
}

std::optional<std::size_t> unassociatedAlpha(std::span<const std::byte> bytes)
{
    constexpr std::uint32_t kExtraSamples = 338, kUnassociated = 2;
    const Bytes b(bytes);
    if (!isTiff(b)) return std::nullopt;
    std::optional<std::size_t> found;
    forTiffEntries(b, [&](std::uint32_t tag, std::uint32_t type, std::uint32_t count, std::size_t at) {
        if (tag == kExtraSamples && type == kShort && count == 1 && tiffValue(b, type, at) == kUnassociated)
            found = b.byte(0) == 'I' ? at : at + 1;
    });
    return found;
}

int webpOrientation(std::span<const std::byte> bytes)
{
    constexpr std::uint32_t kOrientation = 274, kMost = 8;
    const Bytes b(bytes);
    std::uint32_t found = 1;
    if (!isWebp(b)) return int(found);
    forWebpChunks(b, [&](std::size_t name, std::size_t begin, std::size_t size) {
        if (!b.has(name, "EXIF") || begin + size > bytes.size()) return;
        const std::size_t lead = b.has(begin, std::string_view("Exif\0\0", 6)) ? 6 : 0; // which some writers keep
        if (lead > size) return;
        const Bytes exif(bytes.subspan(begin + lead, size - lead));
        if (!isTiff(exif)) return;
        forTiffEntries(exif, [&](std::uint32_t tag, std::uint32_t type, std::uint32_t, std::size_t at) {
            if (tag == kOrientation) found = tiffValue(exif, type, at);
        });
    });
    return found >= 1 && found <= kMost ? int(found) : 1;
}

bool isAnimatedWebp(std::span<const std::byte> bytes)
{
    constexpr std::uint32_t kAnimation = 2;
    const Bytes b(bytes);
    return isWebp(b) && b.has(12, "VP8X") && (b.byte(20) & kAnimation) != 0;
}

bool isUnusualTiff(std::span<const std::byte> bytes)
{
    constexpr std::uint32_t kBits = 258, kPhotometric = 262, kPlanar = 284, kSeparate = 2;
    const Bytes b(bytes);
    if (!isTiff(b)) return false;
    std::uint32_t bits = 1, photometric = 1, planar = 1;
    forTiffEntries(b, [&](std::uint32_t tag, std::uint32_t type, std::uint32_t count, std::size_t at) {
        const bool here = count * (type == kShort ? 2U : 4U) <= 4;
        const std::size_t place = here ? at : tiffValue(b, 4, at);
        if (tag == kBits) bits = tiffValue(b, type, place);
        if (tag == kPhotometric) photometric = tiffValue(b, type, at);
        if (tag == kPlanar) planar = tiffValue(b, type, at);
    });
    return bits > 8 && (photometric == 0 || planar == kSeparate);
}

bool hasJpegEnd(std::span<const std::byte> bytes)
{
    const Bytes b(bytes);
    std::size_t at = 2;
    while (at + 1 < b.size()) {
        const void* next = std::memchr(bytes.data() + at, 0xFF, b.size() - at - 1);
        if (next == nullptr) return false;
        at = std::size_t(static_cast<const std::byte*>(next) - bytes.data());
        const std::uint32_t marker = b.byte(at + 1);
        if (marker == 0xD9) return true;
        const bool alone = marker <= 1 || (marker >= 0xD0 && marker <= 0xD8);
        at += marker == 0xFF ? 1 : alone ? 2 : 2 + std::size_t(b.big(at + 2, 2));
    }
    return false;
}

namespace {

// False for a PNG, JPEG, GIF or TIFF whose end is missing; true for everything else.
bool hasEnd(std::span<const std::byte> bytes)
{
    constexpr std::uint32_t kGifTrailer = 0x3B;
    const Bytes b(bytes);
    if (b.has(0, "\x89PNG")) return hasPngEnd(b);
    if (b.has(0, "\xFF\xD8\xFF")) return hasJpegEnd(bytes);
    if (b.has(0, "GIF8")) return b.byte(b.size() - 1) == kGifTrailer;
    return !isTiff(b) || (b.byte(0) == 'I' ? b.little(4, 4) : b.big(4, 4)) < b.size();
}

} // namespace

double shareOfFile(std::span<const std::byte> bytes)
{
    if (!hasEnd(bytes)) return 0;
    const Bytes b(bytes);
    std::size_t claimed = 0;
    if (b.has(0, "BM")) claimed = b.little(2, 4);
    if (isWebp(b)) claimed = std::size_t(b.little(4, 4)) + 8;
    return claimed > b.size() ? double(b.size()) / double(claimed) : 1;
}

} // namespace headlens
