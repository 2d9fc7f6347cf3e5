// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/stats_table.h"

#include "core/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace headlens {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::string cell(double value)
{
    return std::isnan(value) ? std::string() : fmt::format("{:.6g}", value);
}

std::string patternName(const HeadLine& line)
{
    return line.pattern < 0 ? std::string() : headPatterns()[std::size_t(line.pattern)].id;
}

std::vector<std::size_t> columnsWithNumbers(const std::vector<HeadLine>& lines, std::size_t most)
{
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < most; ++i)
        if (std::ranges::any_of(lines, [i](const HeadLine& line) { return !std::isnan(line.mean[i]); }))
            columns.push_back(i);
    return columns;
}

Json orNull(double value)
{
    return std::isnan(value) ? Json() : Json(value);
}

} // namespace

std::string headColumn(std::size_t column)
{
    if (column < kHeadNumbers) return infoOf(HeadNumber(column)).id;
    return std::string("score ") + headPatterns().at(column - kHeadNumbers).id;
}

int headColumnFrom(std::string_view name)
{
    const int number = headNumberFrom(name), pattern = headPatternFrom(name);
    return number >= 0 ? number : pattern >= 0 ? int(kHeadNumbers) + pattern : -1;
}

void HeadTable::add(const std::vector<verbs::BlockGrid>& blocks, const FloatArray& counted)
{
    std::vector<HeadLine> places;
    for (std::size_t layer = 0; layer < blocks.size(); ++layer)
        for (int head = 0; head < blocks[layer].heads; ++head)
            places.push_back({int(layer), head, blocks[layer].tower, blocks[layer].kind});
    if (m_places.empty()) {
        m_places = places;
        m_cells.resize(places.size() * kHeadColumns);
    }
    if (places.size() != m_places.size() || counted.values.size() != m_cells.size())
        throw Error(ErrorCode::BadRequest, "heads", "are other ones than those of the pictures before");
    for (std::size_t i = 0; i < m_cells.size(); ++i) m_cells[i].add(double(counted.values[i]));
    ++m_inputs;
}

std::vector<HeadLine> HeadTable::lines() const
{
    std::vector<HeadLine> lines = m_places;
    for (std::size_t row = 0; row < lines.size(); ++row) {
        HeadLine& line = lines[row];
        for (std::size_t i = 0; i < kHeadColumns; ++i) {
            const RunningMean& one = m_cells[row * kHeadColumns + i];
            line.mean[i] = one.mean();
            line.deviation[i] = one.deviation();
        }
        line.pattern = patternOf(std::span(line.mean).subspan(kHeadNumbers));
        line.score = line.pattern < 0 ? kNone : line.mean[kHeadNumbers + std::size_t(line.pattern)];
    }
    return lines;
}

std::vector<HeadLine> chosen(std::vector<HeadLine> lines, const HeadChoiceOfLines& how)
{
    if (how.pattern >= 0) std::erase_if(lines, [&](const HeadLine& line) { return line.pattern != how.pattern; });
    if (how.column >= 0)
        std::ranges::stable_sort(lines, [&](const HeadLine& a, const HeadLine& b) {
            const double left = a.mean[std::size_t(how.column)], right = b.mean[std::size_t(how.column)];
            if (std::isnan(left) || std::isnan(right)) return !std::isnan(left) && std::isnan(right);
            return how.ascending ? left < right : left > right;
        });
    if (how.most > 0 && lines.size() > std::size_t(how.most)) lines.resize(std::size_t(how.most));
    return lines;
}

std::string headCsv(const std::vector<HeadLine>& lines, int inputs)
{
    std::string text = "layer,head,tower,kind,pattern,score";
    for (std::size_t i = 0; i < kHeadColumns; ++i) {
        text += "," + headColumn(i);
        if (inputs > 1) text += "," + headColumn(i) + " sd";
    }
    text += "\n";
    for (const HeadLine& line : lines) {
        text += fmt::format("{},{},{},{},{},{}", line.layer, line.head, line.tower, line.kind, patternName(line),
                            cell(line.score));
        for (std::size_t i = 0; i < kHeadColumns; ++i) {
            text += "," + cell(line.mean[i]);
            if (inputs > 1) text += "," + cell(line.deviation[i]);
        }
        text += "\n";
    }
    return text;
}

Json headJson(const std::vector<HeadLine>& lines, int inputs)
{
    Json heads = Json::array();
    for (const HeadLine& line : lines) {
        Json one{{"layer", line.layer},          {"head", line.head},
                 {"tower", line.tower},          {"kind", line.kind},
                 {"pattern", patternName(line)}, {"score", orNull(line.score)}};
        for (std::size_t i = 0; i < kHeadColumns; ++i) {
            one["mean"][headColumn(i)] = orNull(line.mean[i]);
            if (inputs > 1) one["sd"][headColumn(i)] = orNull(line.deviation[i]);
        }
        heads.push_back(std::move(one));
    }
    return heads;
}

std::string headText(const std::vector<HeadLine>& lines, int inputs)
{
    const std::vector<std::size_t> columns = columnsWithNumbers(lines, kHeadNumbers);
    std::string text = fmt::format("{:>5} {:>4}  {:<15}{:>5}", "layer", "head", "pattern", "score");
    const int wide = inputs > 1 ? 17 : 11;
    for (const std::size_t i : columns) text += fmt::format(" {:>{}}", headColumn(i), wide);
    text += "\n";
    for (const HeadLine& line : lines) {
        text += fmt::format("{:>5} {:>4}  {:<15}{:>5}", line.layer, line.head, patternName(line),
                            std::isnan(line.score) ? "" : fmt::format("{:.2f}", line.score));
        for (const std::size_t i : columns) {
            std::string shown = std::isnan(line.mean[i]) ? "-" : fmt::format("{:.3f}", line.mean[i]);
            if (inputs > 1 && !std::isnan(line.deviation[i])) shown += fmt::format(" ({:.3f})", line.deviation[i]);
            text += fmt::format(" {:>{}}", shown, wide);
        }
        text += "\n";
    }
    return text;
}

} // namespace headlens
