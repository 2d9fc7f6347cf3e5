// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/training_record.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headlens {
namespace {

void measure(TrainingPanel& panel)
{
    panel.low = 1e300;
    panel.high = -1e300;
    const auto hear = [&](double value) {
        panel.low = std::min(panel.low, value);
        panel.high = std::max(panel.high, value);
    };
    for (const verbs::HistoryCurve& curve : panel.curves) std::ranges::for_each(curve.values, hear);
    for (const verbs::HistoryLevel& level : panel.levels) hear(level.value);
    const double size = std::max({std::abs(panel.low), std::abs(panel.high), 1e-6});
    panel.digits = std::clamp(3 - int(std::floor(std::log10(size))), 0, 6);
}

void addPanels(TrainingRecord& record, const verbs::History& history)
{
    const auto panelOf = [&](const std::string& name) {
        return std::ranges::find(record.panels, QString::fromStdString(name), &TrainingPanel::name);
    };
    for (const verbs::HistoryCurve& curve : history.curves) {
        if (curve.values.size() != record.steps.size()) continue;
        auto panel = panelOf(curve.panel);
        if (panel == record.panels.end())
            panel = record.panels.insert(panel, TrainingPanel{QString::fromStdString(curve.panel), {}, {}});
        panel->curves.push_back(curve);
    }
    for (const verbs::HistoryLevel& level : history.levels)
        if (const auto panel = panelOf(level.panel); panel != record.panels.end()) panel->levels.push_back(level);
    std::ranges::for_each(record.panels, measure);
}

void addBars(TrainingRecord& record, const verbs::History& history)
{
    for (const verbs::HistoryBars& bars : history.bars) {
        const auto fits = [&](const auto& row) { return !row.empty() && row.size() == bars.values.front().size(); };
        if (bars.values.size() == record.steps.size() && std::ranges::all_of(bars.values, fits))
            record.bars.push_back(bars);
    }
}

void addPictures(TrainingRecord& record, const verbs::History& history)
{
    std::vector<std::string> over;
    for (const verbs::HistoryPicture& said : history.pictures) {
        TrainingPicture picture{QString::fromStdString(said.name), said.width, said.height, said.channels, -1, {}};
        const qsizetype bytes = qsizetype(said.width) * said.height * said.channels;
        for (const std::string& frame : said.frames)
            picture.frames.push_back(QByteArray::fromBase64(QByteArray::fromStdString(frame)));
        const bool whole = bytes > 0 && (said.channels == 1 || said.channels == 3) &&
                           std::ranges::all_of(picture.frames, [&](const auto& f) { return f.size() == bytes; });
        if (!whole || (said.frames.size() != 1 && said.frames.size() != record.steps.size())) continue;
        record.pictures.push_back(std::move(picture));
        over.push_back(said.over);
    }
    for (std::size_t i = 0; i < over.size(); ++i) {
        const auto ground = std::ranges::find(record.pictures, QString::fromStdString(over[i]), &TrainingPicture::name);
        if (!over[i].empty() && record.pictures[i].channels == 1 && ground != record.pictures.end() &&
            ground->channels == 3)
            record.pictures[i].ground = int(ground - record.pictures.begin());
    }
}

} // namespace

bool TrainingRecord::isLogarithmic() const
{
    if (steps.size() < 5 || steps.front() < 0) return false;
    const auto whole = steps.back() - steps.front(), half = steps[steps.size() / 2] - steps.front();
    return double(half) < 0.05 * double(whole);
}

double TrainingRecord::axisOf(double step) const
{
    return isLogarithmic() ? std::log2(step + 1) : step;
}

double TrainingRecord::axisAt(double position) const
{
    if (isEmpty()) return 0;
    const auto before = std::size_t(std::clamp(stepAt(position), 0, last()));
    const auto behind = std::min(before + 1, std::size_t(last()));
    return std::lerp(axisOf(double(steps[before])), axisOf(double(steps[behind])), position - double(before));
}

int TrainingRecord::nearest(double axis) const
{
    int best = 0;
    for (int i = 1; i <= last(); ++i)
        if (std::abs(axisOf(double(steps[std::size_t(i)])) - axis) <
            std::abs(axisOf(double(steps[std::size_t(best)])) - axis))
            best = i;
    return best;
}

TrainingRecord recordOf(const verbs::History& history)
{
    TrainingRecord record;
    record.title = QString::fromStdString(history.title);
    record.steps = history.steps;
    if (record.isEmpty()) return record;
    addPanels(record, history);
    addBars(record, history);
    addPictures(record, history);
    return record;
}

int stepAt(double position)
{
    return int(std::floor(position + 1e-6)); // a glide that ends at 88 may say 87.9999999
}

double valueAt(const std::vector<double>& values, double position)
{
    if (values.empty()) return 0;
    const auto before = std::min(std::size_t(std::max(0, stepAt(position))), values.size() - 1);
    const std::size_t behind = std::min(before + 1, values.size() - 1);
    return std::lerp(values[before], values[behind], std::clamp(position - double(before), 0.0, 1.0));
}

std::vector<double> sharesAt(const verbs::HistoryBars& bars, double position)
{
    const auto before = std::min(std::size_t(std::max(0, stepAt(position))), bars.values.size() - 1);
    const std::size_t behind = std::min(before + 1, bars.values.size() - 1);
    const double way = std::clamp(position - double(before), 0.0, 1.0);
    const auto sumOf = [](const std::vector<double>& row) { return std::accumulate(row.begin(), row.end(), 0.0); };
    const double first = sumOf(bars.values[before]), second = sumOf(bars.values[behind]);
    std::vector<double> shares;
    for (std::size_t i = 0; i < bars.values[before].size(); ++i)
        shares.push_back(std::lerp(first > 0 ? bars.values[before][i] / first : 0,
                                   second > 0 ? bars.values[behind][i] / second : 0, way));
    return shares;
}

ShareWords wordsOf(const std::vector<double>& shares)
{
    ShareWords words;
    words.most = shares.empty() ? 0 : std::log2(double(shares.size()));
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (shares[i] <= 0) continue;
        words.entropy -= shares[i] * std::log2(shares[i]);
        if (shares[i] <= words.largest) continue;
        words.largest = shares[i];
        words.where = int(i);
    }
    words.entropy = std::max(0.0, words.entropy);
    return words;
}

} // namespace headlens
