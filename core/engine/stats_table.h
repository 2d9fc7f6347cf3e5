// SPDX-License-Identifier: GPL-3.0-or-later
// What was counted of heads as lines of a table: means over inputs, sorted, chosen and written.
#pragma once

#include "core/base/float_array.h"
#include "core/base/head_patterns.h"
#include "core/base/running_mean.h"
#include "core/wire/safe_json.h"
#include "core/wire/verbs_input.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace headlens {

// "entropy", "previous" ... and of a score "score previous-token".
std::string headColumn(std::size_t column);
// What --sort calls it: the id of a number or of a pattern. -1: there is none.
int headColumnFrom(std::string_view name);

struct HeadLine {
    int layer = 0, head = 0;
    std::string tower, kind;
    std::array<double, kHeadColumns> mean{}, deviation{}; // nan where there is none; the sample's deviation
    int pattern = -1;                                     // by the mean scores
    double score = 0;                                     // of it; nan without one
};

// Collects inputs of one model.
class HeadTable {
public:
    // [heads of all layers, kHeadColumns]. Throws Error(BadRequest) where that are other heads than before.
    void add(const std::vector<verbs::BlockGrid>& blocks, const FloatArray& counted);
    int inputs() const { return m_inputs; }
    std::vector<HeadLine> lines() const; // by layer and head

private:
    std::vector<HeadLine> m_places;
    std::vector<RunningMean> m_cells; // by head and column
    int m_inputs = 0;
};

struct HeadChoiceOfLines {
    int pattern = -1; // only heads that are called so
    int column = -1;  // sorted by it, largest first, what has no number last; -1: by layer and head
    bool ascending = false;
    int most = 0; // 0: all
};
std::vector<HeadLine> chosen(std::vector<HeadLine> lines, const HeadChoiceOfLines& how);

// `inputs` above 1: every mean with its deviation behind it.
std::string headCsv(const std::vector<HeadLine>& lines, int inputs);
Json headJson(const std::vector<HeadLine>& lines, int inputs);
// For a person: a line a head, only columns that have numbers.
std::string headText(const std::vector<HeadLine>& lines, int inputs);

} // namespace headlens
