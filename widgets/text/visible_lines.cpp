// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/visible_lines.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace headlens {
namespace {

void addRow(std::span<const float> row, int query, double share, int most, std::vector<Line>& lines)
{
    std::vector<Line> found;
    double total = 0;
    for (std::size_t key = 0; key < row.size(); ++key) {
        if (!std::isfinite(row[key]) || row[key] <= 0) continue; // a row of padding may hold anything
        total += double(row[key]);
        found.push_back({query, int(key), row[key]});
    }
    const auto kept = std::ptrdiff_t(std::min(found.size(), std::size_t(most)));
    std::partial_sort(found.begin(), found.begin() + kept, found.end(),
                      [](const Line& a, const Line& b) { return a.weight > b.weight; });
    double mass = 0;
    for (std::ptrdiff_t i = 0; i < kept && mass < share * total; ++i) {
        lines.push_back(found[std::size_t(i)]);
        mass += double(found[std::size_t(i)].weight);
    }
}

} // namespace

void sortWeakToStrong(std::vector<Line>& lines)
{
    std::ranges::stable_sort(lines, {}, &Line::weight);
}

std::vector<Line> visibleLines(const std::vector<float>& map, int queries, int keys, double share, int most)
{
    std::vector<Line> lines;
    if (queries < 1 || keys < 1 || most < 1 || map.size() < std::size_t(queries) * std::size_t(keys)) return lines;
    for (int query = 0; query < queries; ++query)
        addRow(std::span(map).subspan(std::size_t(query) * std::size_t(keys), std::size_t(keys)), query, share, most,
               lines);
    sortWeakToStrong(lines);
    return lines;
}

} // namespace headlens
