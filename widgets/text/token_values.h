// SPDX-License-Identifier: GPL-3.0-or-later
// What the current row, or the map of a method, says of the tokens of a text. Plain.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/sinks.h"

#include <optional>
#include <vector>

namespace headlens {

class InspectionModel;
class Selection;

struct TokenValues {
    std::vector<float> values; // one a token; empty: nothing is said of this text
    ValueScale scale;
    Display display;    // as these values want it
    Sinks sinks;        // that are left out of the scale; empty: none are
    bool isRow = false; // weights of the row that add up to 1 with those of other tokens

    std::optional<float> of(int token) const
    {
        return token >= 0 && std::size_t(token) < values.size() ? std::optional(values[std::size_t(token)])
                                                                : std::nullopt;
    }
    bool isSink(int token) const { return std::size_t(token) < sinks.size() && sinks[std::size_t(token)]; }
};

// The same tokens, or as many, of another run: what is shown is more or less than there. Left as it is where there are
// not as many.
void takeAway(TokenValues& from, const TokenValues& other);

TokenValues tokenValues(const InspectionModel& model, const Selection& selection, const DisplaySettings& settings,
                        int stream);

// How much of the current row the sinks of its text take, 0 to 1; nothing where the row is of no text, has no sinks, or
// is a difference.
std::optional<double> shareOfSinks(const InspectionModel& model, const Selection& selection);

} // namespace headlens
