// SPDX-License-Identifier: GPL-3.0-or-later
// What a cell of a study stands for as a change of the run: of activation patching one token of one layer.
#pragma once

#include "core/wire/verbs_study.h"
#include "widgets/measures/matrix_words.h"

#include <optional>

namespace headlens {

// Without its tokens, which CellPlace has. None: the cell is no such place, or the study takes nothing from the
// baseline.
std::optional<verbs::Change> patchOf(const verbs::Study& answer, const verbs::StudyInfo& study, const CellPlace& cell);

} // namespace headlens
