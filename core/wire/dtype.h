// SPDX-License-Identifier: GPL-3.0-or-later
// Number formats of safetensors, sub-byte and float8 kinds included.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace headlens {

enum class DType : std::uint8_t {
    Bool,
    F4,
    F6E2M3,
    F6E3M2,
    U8,
    I8,
    F8E5M2,
    F8E4M3,
    F8E8M0,
    F8E4M3Fnuz,
    F8E5M2Fnuz,
    I16,
    U16,
    F16,
    BF16,
    I32,
    U32,
    F32,
    C64,
    F64,
    I64,
    U64,
};

std::optional<DType> dtypeFrom(std::string_view name);
std::string_view nameOf(DType dtype);
int bitsOf(DType dtype);

} // namespace headlens
