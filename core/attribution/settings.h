// SPDX-License-Identifier: GPL-3.0-or-later
// The settings that several methods share, and how they are read.
#pragma once

#include "core/attribution/method.h"
#include "core/base/attention_math.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

// What was asked of one method.
class Settings {
public:
    Settings(const Method& method, const verbs::MapQuestion& asked) : m_known(method.info.settings), m_asked(asked) {}

    std::string value(const std::string& name) const;
    double number(const std::string& name) const;
    std::int64_t whole(const std::string& name) const;
    bool isGiven(const std::string& name) const { return m_asked.settings.contains(name); }
    // A place among `count`; counted from the end below 0. Throws Error(BadRequest) for what does not exist.
    std::int64_t place(const std::string& name, std::int64_t count) const;
    std::vector<std::int64_t> places(const std::string& name, std::int64_t count) const; // of a list
    HeadFusion fusion() const;

private:
    const std::vector<Switch>& m_known;
    const verbs::MapQuestion& m_asked;
};

inline const Switch kFusionSetting{
    "fusion",
    HEADLENS_TEXT("Methods", "Heads"),
    {HEADLENS_TEXT("Methods", "mean"), HEADLENS_TEXT("Methods", "max"), HEADLENS_TEXT("Methods", "min")},
    0,
    0,
    "mean"};
inline const Switch kQuerySetting{"query", HEADLENS_TEXT("Methods", "Token"), {}, 0, 99'999, "0"};
inline const Switch kDiscardSetting{
    "discard", HEADLENS_TEXT("Methods", "Share of the smallest weights left out"), {}, 0, 0.999, "0"};
inline const Switch kStartSetting{"start", HEADLENS_TEXT("Methods", "First block"), {}, -999, 999, "0"};
inline const Switch kLayerSetting{"layer", HEADLENS_TEXT("Methods", "Block"), {}, -999, 999, "-1"};
// What covers a part of a picture, or what a path begins with: 0 after normalisation is the mean colour.
inline const Switch kFillSetting{
    "fill",
    HEADLENS_TEXT("Methods", "Filled with"),
    {HEADLENS_TEXT("Methods", "zero"), HEADLENS_TEXT("Methods", "black"), HEADLENS_TEXT("Methods", "white")},
    0,
    0,
    "zero"};

// One pixel of such a colour after the normalisation of the run's model [C,1,1], like `pixels`.
at::Tensor fillColour(const Run& run, const std::string& name, const at::Tensor& pixels);

} // namespace headlens
