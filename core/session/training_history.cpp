// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/training_history.h"

#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/session/contrast_record.h"
#include "core/text/base64.h"
#include "core/wire/safe_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

constexpr std::uint64_t kLargest = 8 << 20;
constexpr std::size_t kMostSteps = 4096, kMostCurves = 64, kMostBars = 16, kMostInARow = 4096, kMostPictures = 16;
constexpr int kLargestSide = 512;

using Why = std::string; // empty: nothing is wrong

bool areFinite(const std::vector<double>& values)
{
    return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}

// "curve \"loss\"", short enough for a message whatever the file says.
std::string called(const char* what, const std::string& name)
{
    return std::string(what) + " \"" + name.substr(0, 60) + "\"";
}

// Checked before the tree is read: a large fraction fits into no whole number.
bool areWhole(const Json& tree)
{
    const auto isWhole = [](const Json& value) { return value.is_number_integer(); };
    if (tree.contains("steps") && tree["steps"].is_array() && !std::ranges::all_of(tree["steps"], isWhole))
        return false;
    if (!tree.contains("pictures") || !tree["pictures"].is_array()) return true;
    return std::ranges::all_of(tree["pictures"], [&](const Json& picture) {
        return std::ranges::all_of(std::array{"width", "height", "channels"}, [&](const char* key) {
            return !picture.is_object() || !picture.contains(key) || isWhole(picture[key]);
        });
    });
}

Why wrongSteps(const std::vector<std::int64_t>& steps)
{
    if (steps.empty()) return "holds no steps";
    if (steps.size() > kMostSteps) return "holds more than " + std::to_string(kMostSteps) + " steps";
    if (steps.front() < 0) return "begins before step 0";
    const bool ascends = std::ranges::adjacent_find(steps, std::greater_equal<>()) == steps.end();
    return ascends ? "" : "holds steps that do not ascend";
}

Why wrongCurves(const verbs::History& history)
{
    if (history.curves.size() > kMostCurves || history.levels.size() > kMostCurves)
        return "holds more than " + std::to_string(kMostCurves) + " curves or levels";
    for (const verbs::HistoryCurve& curve : history.curves) {
        if (curve.values.size() != history.steps.size())
            return called("curve", curve.name) + " does not have one value a step";
        if (!areFinite(curve.values)) return called("curve", curve.name) + " holds a value that is no finite number";
    }
    for (const verbs::HistoryLevel& level : history.levels) {
        if (!std::isfinite(level.value)) return called("level", level.name) + " is no finite number";
        if (std::ranges::find(history.curves, level.panel, &verbs::HistoryCurve::panel) == history.curves.end())
            return called("level", level.name) + " stands in a panel without curves";
    }
    return {};
}

Why wrongBars(const verbs::History& history)
{
    if (history.bars.size() > kMostBars) return "holds more than " + std::to_string(kMostBars) + " rows of bars";
    for (const verbs::HistoryBars& bars : history.bars) {
        if (bars.values.size() != history.steps.size())
            return called("bars", bars.name) + " do not have one row a step";
        const std::size_t wide = bars.values.front().size();
        if (wide == 0 || wide > kMostInARow)
            return called("bars", bars.name) + " have none or more than " + std::to_string(kMostInARow) + " in a row";
        for (const std::vector<double>& row : bars.values) {
            if (row.size() != wide) return called("bars", bars.name) + " have rows of different lengths";
            if (!areFinite(row) || std::ranges::any_of(row, [](double value) { return value < 0; }))
                return called("bars", bars.name) + " hold a value that is below 0 or no finite number";
        }
    }
    return {};
}

Why wrongPicture(const verbs::HistoryPicture& picture, std::size_t steps)
{
    const std::string name = called("picture", picture.name);
    const auto fits = [](int side) { return side >= 1 && side <= kLargestSide; };
    if (!fits(picture.width) || !fits(picture.height))
        return fmt::format("{0} is not between 1x1 and {1}x{1}", name, kLargestSide);
    if (picture.channels != 1 && picture.channels != 3) return name + " has neither 1 nor 3 channels";
    if (picture.frames.size() != 1 && picture.frames.size() != steps)
        return name + " has neither one frame nor one a step";
    const auto bytes = std::size_t(picture.width) * std::size_t(picture.height) * std::size_t(picture.channels);
    for (const std::string& frame : picture.frames) {
        const auto decoded = text::decodeBase64(frame);
        if (!decoded) return name + " has a frame that is no base64";
        if (decoded->size() != bytes) return name + " has a frame of the wrong length";
    }
    return {};
}

Why wrongPictures(const verbs::History& history)
{
    if (history.pictures.size() > kMostPictures)
        return "holds more than " + std::to_string(kMostPictures) + " pictures";
    for (const verbs::HistoryPicture& picture : history.pictures) {
        if (const Why why = wrongPicture(picture, history.steps.size()); !why.empty()) return why;
        if (picture.over.empty()) continue;
        const auto ground = std::ranges::find(history.pictures, picture.over, &verbs::HistoryPicture::name);
        if (picture.channels != 1 || ground == history.pictures.end() || ground->channels != 3)
            return called("picture", picture.name) + " is no map over a picture of this file";
    }
    return {};
}

Why wrongWith(const verbs::History& history)
{
    if (history.curves.empty() && history.bars.empty() && history.pictures.empty()) return "holds nothing to show";
    for (const auto& check : {wrongCurves, wrongBars, wrongPictures})
        if (const Why why = check(history); !why.empty()) return why;
    return {};
}

} // namespace

std::string historyFileOf(const std::string& modelPath)
{
    return homeOf(modelPath) + "/history.json";
}

verbs::History parseHistory(std::string_view text, const std::string& subject)
{
    const auto refuse = [&](const Why& why) {
        if (!why.empty()) throw Error(ErrorCode::BadConfig, subject, why, "train the model again or remove the file");
    };
    verbs::History history;
    try {
        const Json tree = parseJsonObject(text, subject, {kLargest});
        if (!areWhole(tree)) refuse("holds steps or sizes that are no whole numbers");
        history = tree.get<verbs::History>();
    } catch (const Json::exception&) {
        refuse("does not hold steps with curves, bars or pictures");
    }
    refuse(wrongSteps(history.steps)); // first: the others count them
    refuse(wrongWith(history));
    return history;
}

verbs::History readHistory(const std::string& path)
{
    return parseHistory(readWhole(path, kLargest), path);
}

} // namespace headlens
