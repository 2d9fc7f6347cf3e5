// SPDX-License-Identifier: GPL-3.0-or-later
// Chance that means the same everywhere: std distributions differ between libraries, these two do not.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace headlens {

class Random {
public:
    explicit Random(std::uint64_t seed) : m_engine(seed) {}
    double real(double low, double high) { return low + (high - low) * double(m_engine() >> 11U) * 0x1p-53; }
    int whole(int count) { return int(m_engine() % std::uint64_t(count)); } // 0 .. count - 1
    bool chance(double share) { return real(0, 1) < share; }
    template <class T>
    const T& one(const std::vector<T>& choices)
    {
        return choices[std::size_t(whole(int(choices.size())))];
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace headlens
