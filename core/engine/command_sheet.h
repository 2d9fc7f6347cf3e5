// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli attribute --sheet: all methods for one picture or for every picture of a folder.
#pragma once

#include "core/engine/input_options.h"
#include "core/engine/model_options.h"

#include <string>
#include <vector>

namespace headlens {

struct SheetOptions {
    std::vector<std::string> methods; // empty: all that take at most `seconds` each
    std::string fill = "zero", shard = "1/1", colormap = "inferno";
    double seconds = 30;
    bool resume = false;
};

// Writes into the folder `out`: STEM.png and STEM.svg, sheet.csv with a line for every picture and method, averages.csv
// with one for every method, manifest.json. Throws Error.
void writeSheets(const ModelOptions& model, const InputOptions& input, const verbs::ScoreChoice& score,
                 const SheetOptions& options, const std::string& out);

} // namespace headlens
