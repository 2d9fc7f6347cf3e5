// SPDX-License-Identifier: GPL-3.0-or-later
// Records of trainings that never were, for the fake engine: "whole" (three panels, bars, pictures, a map), "curves"
// (six curves in one panel), "one" (a single curve), "doubling" (steps 1, 2, 4 ...), "short" (a single step).
#pragma once

#include "core/text/base64.h"
#include "core/wire/verbs_model.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace headlens {

inline verbs::HistoryCurve madeUpCurve(const verbs::History& history, const std::string& panel, const std::string& name,
                                       double from, double to, double pace)
{
    verbs::HistoryCurve curve{panel, name, {}};
    for (std::size_t i = 0; i < history.steps.size(); ++i) {
        const double way = 1 - std::exp(-pace * double(i) / double(history.steps.size()));
        curve.values.push_back(from + (to - from) * way + 0.02 * (to - from) * std::sin(3.7 * double(i)) * (1 - way));
    }
    return curve;
}

// From equal shares to a peak that wanders.
inline verbs::HistoryBars madeUpBars(const verbs::History& history, const std::string& name, int count, double sharp)
{
    verbs::HistoryBars bars{name, {}};
    for (std::size_t step = 0; step < history.steps.size(); ++step) {
        const double way = double(step) / double(history.steps.size());
        std::vector<double> row;
        for (int i = 0; i < count; ++i)
            row.push_back(std::exp(sharp * way * std::cos(0.4 * (i - 5 - 3 * way))) * 3); // no shares yet: sums to more
        bars.values.push_back(row);
    }
    return bars;
}

inline void addMadeUpPictures(verbs::History& history)
{
    constexpr int kSide = 32, kCells = 8;
    std::vector<std::uint8_t> photo;
    for (int i = 0; i < kSide * kSide; ++i) {
        const int y = i / kSide - 16, x = i % kSide - 16;
        const bool inside = x * x + y * y < 100;
        for (const int value : {inside ? 220 : 60 + 4 * (y + 16), inside ? 120 : 90, inside ? 60 : 130})
            photo.push_back(std::uint8_t(value));
    }
    history.pictures.push_back({"the picture", "", kSide, kSide, 3, {text::encodeBase64(photo)}});
    verbs::HistoryPicture map{"attention", "the picture", kCells, kCells, 1, {}};
    verbs::HistoryPicture wide{"centres of the teacher", "", 2 * kCells, kCells, 1, {}};
    for (std::size_t step = 0; step < history.steps.size(); ++step) {
        const double way = double(step) / double(history.steps.size());
        std::vector<std::uint8_t> cells, centres;
        for (int i = 0; i < kCells * kCells; ++i) {
            const double y = i / kCells - 3.5, x = i % kCells - 3.5;
            cells.push_back(std::uint8_t(255 * std::exp(-way * 0.4 * (x * x + y * y))));
        }
        for (int i = 0; i < 2 * kCells * kCells; ++i)
            centres.push_back(std::uint8_t(127 + 120 * std::sin(i * (0.1 + way))));
        map.frames.push_back(text::encodeBase64(cells));
        wide.frames.push_back(text::encodeBase64(centres));
    }
    history.pictures.push_back(map);
    history.pictures.push_back(wide);
}

inline verbs::History madeUpHistory(const std::string& kind)
{
    verbs::History history;
    const int steps = kind == "short" ? 1 : kind == "doubling" ? 14 : 41;
    for (int i = 0; i < steps; ++i) history.steps.push_back(kind == "doubling" ? 1LL << i : 100LL * i);
    history.title = "The teacher must neither collapse to one answer nor to all of them";
    if (kind == "curves") {
        for (int i = 0; i < 6; ++i)
            history.curves.push_back(madeUpCurve(history, "tanh of the gate",
                                                 "layer " + std::to_string(i / 2) + (i % 2 ? ", MLP" : ", attention"),
                                                 0, 0.8 - 0.25 * i, 2 + i));
        return history;
    }
    history.curves.push_back(madeUpCurve(history, "loss", "loss", 6.93, 1.2, 4));
    if (kind != "whole") return history;
    history.curves.push_back(madeUpCurve(history, "entropy in bits", "with centring", 10, 7, 2));
    history.curves.push_back(madeUpCurve(history, "entropy in bits", "without centring", 10, 0.1, 9));
    history.levels.push_back({"entropy in bits", "all equal", 10});
    history.levels.push_back({"entropy in bits", "collapsed", 0});
    history.curves.push_back(madeUpCurve(history, "share found", "nearest neighbours", 0.1, 0.92, 3));
    history.levels.push_back({"share found", "guessing", 0.1});
    history.bars.push_back(madeUpBars(history, "output of the teacher, with centring", 16, 1.5));
    history.bars.push_back(madeUpBars(history, "output of the teacher, without centring", 64, 6));
    addMadeUpPictures(history);
    return history;
}

} // namespace headlens
