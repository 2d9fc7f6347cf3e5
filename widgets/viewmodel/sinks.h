// SPDX-License-Identifier: GPL-3.0-or-later
// Attention sinks of a text: the first token and the separators, which take what a query has no use for. They can be
// left out of the scale, so that the weights of the words are seen. Plain.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/live_rows.h"

#include <span>
#include <vector>

namespace headlens {

// Of a row that was asked of one text: one flag a token.
using Sinks = std::vector<bool>;

bool isSeparator(const verbs::TextToken& token); // [CLS], [SEP], <s>, </s>, <|endoftext|> ..., by its mark
// The sinks of a sequence of words; empty where it has none, and beside patches, whose scale counts no words anyway.
Sinks sinksOf(const verbs::InputInfo& input, int stream);
// Of every layer, as its rows count (keys, in reverse queries); empty unless `display` leaves sinks out.
std::vector<Sinks> sinksOfLayers(const InspectionModel& model, const Display& display);

// For the scale of the picture: of every layer what lies on no patch of it, where some layer reads it among words; else
// empty.
std::vector<Sinks> besidePicture(const InspectionModel& model);

// The farthest from 0 of what is no sink; of all where nothing else has a weight. `sinks` may be shorter than the row.
float highestBeside(std::span<const float> row, const Sinks& sinks);
// The same of what the scope of `display` counts: the row, all heads of its layer, all layers.
float highestBeside(const Display& display, const AllRows& rows, int layer, std::span<const float> currentRow,
                    const std::vector<Sinks>& sinks);
// How much of the mass of a row of weights the sinks take, 0 to 1.
double shareOf(std::span<const float> row, const Sinks& sinks);

} // namespace headlens
