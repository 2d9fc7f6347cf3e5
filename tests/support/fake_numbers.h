// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of the made-up engine, the same in every run, and tensors of them.
#pragma once

#include "core/wire/message.h"

#include <cmath>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace headlens::test {

// A number from -1 to 1 that depends on all of its addresses.
inline float noise(int a, int b, int c = 0, int d = 0)
{
    std::uint32_t h = std::uint32_t(a) * 73856093U ^ std::uint32_t(b) * 19349663U ^ std::uint32_t(c) * 83492791U ^
                      std::uint32_t(d) * 2654435761U;
    h = (h ^ (h >> 15U)) * 2246822519U;
    h = (h ^ (h >> 13U)) * 3266489917U;
    return float((h ^ (h >> 16U)) & 0xFFFFU) / 32767.5F - 1;
}

inline float phi(float x)
{
    return x > 0 ? x + 1 : std::exp(x);
}

inline TensorBytes tensor(const std::string& name, const std::vector<std::int64_t>& shape,
                          const std::vector<float>& values)
{
    auto owner = std::make_shared<std::vector<float>>(values);
    return {name, DType::F32, shape, owner, std::as_bytes(std::span(owner->data(), owner->size()))};
}

inline TensorBytes bytes(const std::string& name, const std::vector<std::int64_t>& shape,
                         const std::vector<std::uint8_t>& values)
{
    auto owner = std::make_shared<std::vector<std::uint8_t>>(values);
    return {name, DType::U8, shape, owner, std::as_bytes(std::span(owner->data(), owner->size()))};
}

} // namespace headlens::test
