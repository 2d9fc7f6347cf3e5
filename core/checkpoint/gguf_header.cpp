// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/gguf_header.h"

#include "core/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <set>
#include <utility>

namespace headlens {
namespace {

// Larger than any model has; a file may claim what it likes.
constexpr std::uint64_t kMostKeys = 65'536, kMostTensors = 100'000, kMostElements = 4U << 20,
                        kLargestHeader = 256U << 20;
constexpr std::uint64_t kLongestKey = 65'535, kLongestName = 63, kMostAxes = 4;
constexpr std::string_view kAlignment = "general.alignment";
constexpr std::uint64_t kLeastKey = 13, kLeastTensor = 24, kLeastString = 8; // bytes

enum class Kind : std::uint32_t { U8, I8, U16, I16, U32, I32, F32, Bool, Text, List, U64, I64, F64 };

// Bytes of one value of a kind, or the fewest; 0: no value of a list.
std::uint64_t leastBytes(Kind kind)
{
    static constexpr std::array<std::uint64_t, 13> kBytes{1, 1, 2, 2, 4, 4, 4, 1, kLeastString, 0, 8, 8, 8};
    const auto at = std::size_t(kind);
    return at < kBytes.size() ? kBytes.at(at) : 0;
}

std::int64_t wholeFrom(ByteCursor& cursor, Kind kind)
{
    switch (kind) {
    case Kind::U8: return cursor.number<std::uint8_t>();
    case Kind::I8: return cursor.number<std::int8_t>();
    case Kind::U16: return cursor.number<std::uint16_t>();
    case Kind::I16: return cursor.number<std::int16_t>();
    case Kind::U32: return cursor.number<std::uint32_t>();
    case Kind::I32: return cursor.number<std::int32_t>();
    case Kind::Bool: return cursor.number<std::uint8_t>() != 0 ? 1 : 0;
    default: return cursor.number<std::int64_t>();
    }
}

std::string longText(ByteCursor& cursor)
{
    return cursor.text(std::numeric_limits<std::uint64_t>::max()); // as long as the file allows
}

double realFrom(ByteCursor& cursor, Kind kind)
{
    return kind == Kind::F32 ? double(cursor.number<float>()) : cursor.number<double>();
}

template <class Read>
GgufValue listOf(std::uint64_t count, const Read& read)
{
    std::vector<decltype(read())> values;
    values.reserve(std::size_t(count));
    for (std::uint64_t i = 0; i < count; ++i) values.push_back(read());
    return values;
}

// `room`: how many elements all lists together may still have.
GgufValue listFrom(ByteCursor& cursor, std::uint64_t& room)
{
    const auto kind = Kind(cursor.number<std::uint32_t>());
    const auto count = cursor.number<std::uint64_t>();
    if (kind == Kind::List) cursor.refuse("holds a list of lists, which no reader takes");
    if (leastBytes(kind) == 0)
        cursor.refuse(fmt::format("holds a list of values of the unknown type {}", std::uint32_t(kind)));
    cursor.demand(count, leastBytes(kind));
    if (count > room) cursor.refuse(fmt::format("holds lists of more than {} values", kMostElements));
    room -= count;
    switch (kind) {
    case Kind::Text: return listOf(count, [&] { return longText(cursor); });
    case Kind::U64: return listOf(count, [&] { return cursor.number<std::uint64_t>(); });
    case Kind::F32:
    case Kind::F64: return listOf(count, [&] { return realFrom(cursor, kind); });
    default: return listOf(count, [&] { return wholeFrom(cursor, kind); });
    }
}

GgufValue valueFrom(ByteCursor& cursor, Kind kind, std::uint64_t& room)
{
    if (kind == Kind::List) return listFrom(cursor, room);
    if (leastBytes(kind) == 0) cursor.refuse(fmt::format("holds a value of the unknown type {}", std::uint32_t(kind)));
    switch (kind) {
    case Kind::Text: return longText(cursor);
    case Kind::U64: return cursor.number<std::uint64_t>();
    case Kind::F32:
    case Kind::F64: return realFrom(cursor, kind);
    default: return wholeFrom(cursor, kind);
    }
}

// The first bytes, as far as there are any, when they are none of GGUF's.
void requireGguf(const ByteSource& source)
{
    static constexpr std::array<std::string_view, 4> kBefore{"lmgg", "fmgg", "tjgg", "algg"};
    std::array<std::byte, 64> first{};
    const auto peek = std::span(first).first(std::size_t(std::min<std::uint64_t>(first.size(), source.size)));
    if (!peek.empty()) source.read(0, peek);
    const std::string_view text(reinterpret_cast<const char*>(peek.data()), peek.size());
    if (text.starts_with("GGUF")) return;
    const std::string what = describeForeign(peek);
    if (!what.empty()) throw Error(ErrorCode::WrongContent, source.subject, "is " + what, "choose a GGUF file");
    if (std::ranges::find(kBefore, text.substr(0, 4)) != kBefore.end())
        throw Error(ErrorCode::WrongContent, source.subject, "is of the format before GGUF (GGML, GGJT)",
                    "convert the model again with a llama.cpp of today");
    if (text.empty()) throw Error(ErrorCode::Truncated, source.subject, "is empty", "download or copy it again");
    throw Error(ErrorCode::WrongContent, source.subject, "is no GGUF file", "choose a GGUF file");
}

void readVersion(ByteCursor& cursor)
{
    cursor.number<std::uint32_t>(); // "GGUF"
    const auto version = cursor.number<std::uint32_t>();
    if (version == 2 || version == 3) return;
    const std::string what =
        (version & 0xFFFF) == 0 ? "is a big-endian GGUF file" : fmt::format("is a GGUF file of version {}", version);
    throw Error(ErrorCode::WrongContent, cursor.subject(), what, "use a little-endian file of version 2 or 3");
}

GgufSettings readSettings(ByteCursor& cursor, std::uint64_t count)
{
    GgufSettings settings;
    std::uint64_t room = kMostElements;
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string key = cursor.text(kLongestKey);
        if (key.empty()) cursor.refuse("has an empty key");
        const auto kind = Kind(cursor.number<std::uint32_t>());
        if (key == kAlignment && kind != Kind::U32) cursor.refuse("has an alignment that is no unsigned 32-bit number");
        if (!settings.add(key, valueFrom(cursor, kind, room)))
            cursor.refuse("has the key " + shownName(key) + " twice");
    }
    return settings;
}

// Bytes of a tensor of these extents. Multiplied with checks: their product may be anything.
std::uint64_t bytesOf(const ByteCursor& cursor, const GgufTensor& tensor)
{
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 8; // of 8 bytes at most
    std::int64_t count = 1;
    for (const std::int64_t extent : tensor.shape) {
        if (extent < 0 || (extent > 0 && count > kMost / extent))
            cursor.refuse("has a tensor " + tensor.name + " of impossible extents");
        count *= extent;
    }
    const std::int64_t row = tensor.shape.empty() ? 1 : tensor.shape.back();
    if (row % std::int64_t(tensor.type->values) != 0)
        cursor.refuse(fmt::format("has a tensor {} whose rows of {} values are no whole blocks of {} ({})", tensor.name,
                                  row, tensor.type->values, tensor.type->name));
    return tensor.type->bytesOf(std::uint64_t(count));
}

GgufTensor readTensor(ByteCursor& cursor)
{
    GgufTensor tensor;
    tensor.name = cursor.text(kLongestName);
    if (shownName(tensor.name) != tensor.name) cursor.refuse("has a tensor whose name is no plain text");
    const auto axes = cursor.number<std::uint32_t>();
    if (axes > kMostAxes) cursor.refuse(fmt::format("has a tensor {} of {} dimensions", tensor.name, axes));
    for (std::uint32_t i = 0; i < axes; ++i) tensor.shape.push_back(std::int64_t(cursor.number<std::uint64_t>()));
    std::ranges::reverse(tensor.shape);
    const auto type = cursor.number<std::uint32_t>();
    tensor.type = ggufTypeOf(type);
    if (tensor.type == nullptr) cursor.refuse(fmt::format("has a tensor {} of the unknown type {}", tensor.name, type));
    tensor.offset = cursor.number<std::uint64_t>();
    tensor.bytes = bytesOf(cursor, tensor);
    return tensor;
}

std::vector<GgufTensor> readTensors(ByteCursor& cursor, std::uint64_t count)
{
    std::vector<GgufTensor> tensors;
    tensors.reserve(std::size_t(count));
    std::set<std::string_view> names;
    for (std::uint64_t i = 0; i < count; ++i) {
        tensors.push_back(readTensor(cursor));
        if (!names.insert(tensors.back().name).second)
            cursor.refuse("has the tensor " + tensors.back().name + " twice");
    }
    return tensors;
}

std::uint64_t alignmentOf(const ByteCursor& cursor, const GgufSettings& settings)
{
    constexpr std::int64_t kUsual = 32;
    const std::int64_t alignment = settings.integer(kAlignment).value_or(kUsual);
    if (!std::has_single_bit(std::uint64_t(alignment)))
        cursor.refuse(fmt::format("has the alignment {}, which is no power of two", alignment));
    return std::uint64_t(alignment);
}

// Each tensor begins where the one before it ends, rounded up: no holes, no overlap. The last may lack its padding.
void placeTensors(const ByteCursor& cursor, GgufHeader& header, const ByteSource& source)
{
    const std::uint64_t alignment = alignmentOf(cursor, header.settings);
    const auto padded = [&](std::uint64_t bytes) { return (bytes + alignment - 1) / alignment * alignment; };
    const std::uint64_t begin = padded(cursor.position());
    std::uint64_t next = 0;
    for (GgufTensor& tensor : header.tensors) {
        if (tensor.offset != next)
            cursor.refuse(fmt::format("places the tensor {} at {} instead of {}", tensor.name, tensor.offset, next));
        if (begin > source.size || next > source.size - begin || tensor.bytes > source.size - begin - next)
            throw Error(ErrorCode::Truncated, source.subject, "ends inside the tensor " + tensor.name,
                        "download or copy it again");
        next = padded(next + tensor.bytes);
        tensor.offset += begin;
    }
}

} // namespace

std::string shownName(std::string_view stored)
{
    constexpr std::size_t kShown = 80;
    std::string text(stored.substr(0, kShown));
    std::ranges::replace_if(
        text, [](char c) { return c < ' ' || c > '~'; }, '?');
    return text;
}

GgufHeader readGguf(const ByteSource& source)
{
    requireGguf(source);
    ByteCursor cursor(source, kLargestHeader);
    readVersion(cursor);
    const auto tensors = cursor.number<std::uint64_t>(), keys = cursor.number<std::uint64_t>();
    cursor.demand(keys, kLeastKey);
    cursor.demand(tensors, kLeastTensor);
    if (keys > kMostKeys) cursor.refuse(fmt::format("announces {} keys", keys));
    if (tensors > kMostTensors) cursor.refuse(fmt::format("announces {} tensors", tensors));
    GgufHeader header;
    header.settings = readSettings(cursor, keys);
    header.tensors = readTensors(cursor, tensors);
    placeTensors(cursor, header, source);
    return header;
}

} // namespace headlens
