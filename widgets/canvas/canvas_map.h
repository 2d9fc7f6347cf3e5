// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers that lie over the picture in one frame: a row of attention or the map of a method, with its scale.
#pragma once

#include "core/base/attention_math.h"
#include "widgets/viewmodel/token_layout.h"

#include <QString>

#include <span>
#include <vector>

namespace headlens {

struct CanvasScene;

struct CanvasMap {
    const TokenLayout* layout = nullptr; // of the patches; null: these numbers lie on no patches
    std::vector<float> values;           // special tokens first, then the patches row by row
    int special = 0;                     // how many of the values are special tokens
    ValueScale scale;
    std::vector<bool> kept;    // patches that count; empty: all
    QString colors;            // name of the palette
    bool isSigned = false;     // negative numbers mean something
    bool isMinusOther = false; // CanvasScene::minus was taken away

    std::span<const float> patches() const { return std::span(values).subspan(std::size_t(special)); }
    float highest() const;              // of the patches, beyond the end of the scale perhaps
    bool hasMass() const;               // shares of it can be told
    std::vector<float> counted() const; // the patches, 0 where they do not count
};

CanvasMap mapOf(const CanvasScene& scene);

} // namespace headlens
