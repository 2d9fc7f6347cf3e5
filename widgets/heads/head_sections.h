// SPDX-License-Identifier: GPL-3.0-or-later
// The layers of a run by tower and kind: what belongs together in the head grid, with a name for people.
#pragma once

#include <QString>

#include <string>
#include <vector>

namespace headlens {

namespace verbs {
struct BlockGrid;
}

struct HeadSection {
    std::string tower, kind;
    std::vector<int> layers; // ascending

    QString key() const; // the same in every language: what is folded is remembered by it
    QString title() const;
    bool operator==(const HeadSection&) const = default;
};

// In the order in which a run meets them first.
std::vector<HeadSection> sectionsOf(const std::vector<verbs::BlockGrid>& blocks);

} // namespace headlens
