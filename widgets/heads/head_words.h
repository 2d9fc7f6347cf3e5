// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown of heads, in words: for tool tips, the magnifier, the bar and screen readers.
#pragma once

#include "widgets/viewmodel/head_choice.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace headlens {

class HeadOrder;
class InspectionModel;

// "Layer 5, head 3", of a model with several towers "Layer 5, head 3 (decoder: cross-attention)".
QString headName(const InspectionModel& model, const HeadPlace& place);
// What the current query gives it: "entropy 2.31", "strongest: CLS with 0.41", what it is sorted by; or why it has no
// row.
QStringList headFacts(const InspectionModel& model, const HeadOrder& order, const HeadPlace& place);
// "query patch (4, 7)", in reverse "key patch (4, 7)".
QString queryName(const InspectionModel& model);
// Of layers that share a line: "3", "2–3", "1, 3".
QString layersLabel(const std::vector<int>& layers);

} // namespace headlens
