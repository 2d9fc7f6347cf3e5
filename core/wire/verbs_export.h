// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are written of the last run.
#pragma once

#include "core/wire/question.h"
#include "core/wire/verbs_input.h"
#include "core/wire/verbs_maps.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace headlens::verbs {

// export -> ExportedFile. One implementation for window and command line.
struct Export {
    // map: the row of a token over the picture; grid: all layers and heads; row; matrix (of a windowed block: the
    // token's window); a method by its id: one number per token (as MapQuestion); bias: the tables of relative
    // positions; pca: three components as colours; reconstruction: of a masked autoencoder
    std::string what = "map";
    std::string format = "png"; // png, svg (map, grid, methods), csv, npy (map: [gh,gw]; grid: [L,H,N], of unequal
                                // layers only the chosen one [H,N]; row: [N]; matrix: [N,N]; bias: [H,2h-1,2w-1])
    std::string recipe = "v2";  // of pca
    int layer = 0, head = 0, token = 0;
    std::string fusion = "single";
    bool reverse = false;
    std::string colormap = "viridis";
    double opacity = 0.85;
    bool logarithmic = false, smooth = false;
    std::string scale = "map";                        // map, layer, global
    double keepMass = 1.0;                            // below 1: cells outside the mass mask stay unpainted
    ScoreChoice score;                                // of methods that explain one
    std::map<std::string, std::string> settings = {}; // of the method
};
HEADLENS_WIRE_TYPE(Export)
struct ExportedFile {
    std::vector<std::uint8_t> bytes;
    HEADLENS_WIRE_TENSORS(TensorField{"file", &ExportedFile::bytes})
};
HEADLENS_WIRE_TYPE(ExportedFile)
inline constexpr Question<Export, ExportedFile> kExport{"export"};

// export_film -> ExportedFilm: a film with the map (or grid) painted over every frame, written on the engine's machine.
// Leaves the film open at its last frame. Progress counts frames.
struct ExportFilm {
    std::string source, target; // .mp4 or .avi
    Export look;
    SetInput with;                     // text and the like beside every frame
    std::int64_t first = 0, last = -1; // -1: to the end
};
HEADLENS_WIRE_TYPE(ExportFilm)
struct ExportedFilm {
    std::int64_t frames = 0;
};
HEADLENS_WIRE_TYPE(ExportedFilm)
inline constexpr Question<ExportFilm, ExportedFilm> kExportFilm{"export_film"};

} // namespace headlens::verbs
