// SPDX-License-Identifier: GPL-3.0-or-later
// From which length on a hidden state is an outlier: large models keep notes of the whole picture in patches that show
// nothing (Darcet and others 2024, arXiv 2309.16588; methods.md 4.14). The same rule for the measure and the window.
#pragma once

#include <cstdint>
#include <span>

namespace headlens {

enum class OutlierRule : std::uint8_t {
    Deviations, // above mean + 3 standard deviations
    Percentile, // above the 99th percentile, between its neighbours in proportion
};

// Of the lengths of patches, or of a text of all tokens: CLS and registers are long in many models and would hide the
// others. Of none: 0.
double outlierLimit(std::span<const double> lengths, OutlierRule rule = OutlierRule::Deviations);

} // namespace headlens
