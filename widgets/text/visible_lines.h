// SPDX-License-Identifier: GPL-3.0-or-later
// Which weights of a map are worth a line: for every query the few keys that hold most of its row.
#pragma once

#include <vector>

namespace headlens {

struct Line {
    int query = 0, key = 0;
    float weight = 0;
    int head = 0; // which of the heads that lie over each other
};

// Per query of `map` [queries,keys] the smallest set of keys that holds `share` of the row, at most `most` of them;
// weak to strong, so that the strong ones are painted last. Empty when the map is smaller than that.
std::vector<Line> visibleLines(const std::vector<float>& map, int queries, int keys, double share, int most);

void sortWeakToStrong(std::vector<Line>& lines);

} // namespace headlens
