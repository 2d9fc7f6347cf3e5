// SPDX-License-Identifier: GPL-3.0-or-later
// Reader and writer of safetensors, for model files and for frames alike.
#pragma once

#include "core/wire/dtype.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace headlens {

struct TensorEntry {
    std::string name;
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape;  // [] is a scalar
    std::uint64_t begin = 0, end = 0; // bytes, relative to the data part
    std::uint64_t bytes() const { return end - begin; }
};

struct SafetensorsHeader {
    std::vector<TensorEntry> tensors; // in the order of their bytes
    std::map<std::string, std::string> metadata;
    std::uint64_t dataOffset = 0; // where the data part begins: 8 + N
    std::uint64_t dataBytes = 0;  // its length: the end of the last tensor
};

struct SafetensorsLimits {
    std::uint64_t headerBytes = 25'000'000;
    std::size_t tensors = 100'000;
    std::size_t nameBytes = 512;
    std::size_t rank = 8;
};

inline constexpr std::size_t kLengthBytes = 8; // the u64 before the JSON

// The length N announced by the first eight bytes. Throws Error(BadHeader) past `limits`. Allocates nothing.
std::uint64_t announcedHeaderLength(std::span<const std::byte, kLengthBytes> first, const std::string& subject,
                                    const SafetensorsLimits& limits = {});

// Checks every rule on the JSON part (names, dtypes, shapes, offsets without hole or overlap); `json` excludes the
// eight length bytes. The caller compares dataOffset + dataBytes with the real size. Throws Error(BadHeader).
SafetensorsHeader parseSafetensorsHeader(std::string_view json, const std::string& subject,
                                         const SafetensorsLimits& limits = {});

// Bytes of one tensor to write; the storage is shared, never copied until it is written.
struct TensorBytes {
    std::string name;
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape;
    std::shared_ptr<const void> owner; // keeps `data` alive
    std::span<const std::byte> data;
};

// The length and JSON part for `tensors` in the given order, padded to 8 bytes. Throws Error(Internal) when a
// tensor's bytes do not fit its shape.
std::string safetensorsPreamble(std::span<const TensorBytes> tensors,
                                const std::map<std::string, std::string>& metadata);

// Writes a temporary file beside `path` and renames it, so that a reader never sees half a file.
// Throws Error(WriteFailed).
void writeSafetensors(const std::string& path, std::span<const TensorBytes> tensors,
                      const std::map<std::string, std::string>& metadata);

// shape product times item size in bytes, or nothing on overflow, negative extents or a broken last byte.
std::optional<std::uint64_t> bytesFor(std::span<const std::int64_t> shape, DType dtype);

} // namespace headlens
