// SPDX-License-Identifier: GPL-3.0-or-later
// Arithmetic on rows of attention that the engine, the command line and the window share.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace headlens {

// How the heads of one layer become one map. Single keeps the chosen head.
enum class HeadFusion : std::uint8_t { Single, Mean, Max, Min };
std::string_view nameOf(HeadFusion fusion); // "single", "mean", "max", "min"
std::optional<HeadFusion> headFusionFrom(std::string_view name);

// Fuses `rows` [H,N] (head-major) into [N]; `head` is used by Single only. N = rows.size() / heads.
std::vector<float> fuseHeads(std::span<const float> rows, int heads, HeadFusion fusion, int head);

// The smallest set of entries whose share of the mass reaches `keep` (0..1), as the DINO authors draw it:
// sort ascending, cumulate, keep entry p when c_p > 1 - keep. All false for a zero row.
std::vector<bool> massMask(std::span<const float> weights, double keep);

// Where a value lies in [low, high], 0..1; `logarithmic` maps decades evenly down to high * 1e-4.
struct ValueScale {
    float low = 0;
    float high = 1;
    bool logarithmic = false;
    float unit(float value) const // in the header: hundreds of thousands of calls in every frame
    {
        if (logarithmic) return logarithmicUnit(value);
        if (!(high > low) || !(value > low)) return 0; // not a number as well
        return value < high ? (value - low) / (high - low) : 1;
    }
    float valueAt(float unit) const;                              // the inverse, for the numbers of a colour bar
    bool isDifference() const { return low < 0 && low == -high; } // the middle is nothing

private:
    float logarithmicUnit(float value) const;
};

} // namespace headlens
