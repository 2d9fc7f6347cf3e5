// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/heads/imagenet_labels.h"

#include "core/base/resources.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <utility>

namespace headlens {

std::vector<std::string> imagenetLabels(std::int64_t classes)
{
    // The bit of every set in resources/labels/imagenet.txt.
    static constexpr std::array<std::pair<std::int64_t, int>, 6> kSets{
        {{1'000, 1}, {10'450, 2}, {11'221, 4}, {11'821, 8}, {21'841, 16}, {21'843, 32}}};
    const auto* set = std::ranges::find(kSets, classes, [](const auto& entry) { return entry.first; });
    if (set == kSets.end()) return {};
    std::ifstream file(resourceFolder() + "/labels/imagenet.txt");
    std::vector<std::string> labels;
    for (std::string line; std::getline(file, line);) {
        int holds = 0;
        const auto [end, problem] = std::from_chars(line.data(), line.data() + line.size(), holds);
        const auto length = std::size_t(end - line.data());
        if (problem == std::errc() && (holds & set->second) != 0) labels.push_back(line.substr(length + 1));
    }
    return std::int64_t(labels.size()) == classes ? labels : std::vector<std::string>();
}

} // namespace headlens
