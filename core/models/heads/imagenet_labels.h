// SPDX-License-Identifier: GPL-3.0-or-later
// Names for the classes of files that bring none.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

// ImageNet's names where a classifier has as many classes as one of its sets: 1,000, 10,450 and 11,221 (21k-p), 11,821
// (12k), 21,841 and 21,843. Empty for other numbers, and where resources/labels is not installed.
std::vector<std::string> imagenetLabels(std::int64_t classes);

} // namespace headlens
