// SPDX-License-Identifier: GPL-3.0-or-later
// Figures that need no row: one number per token, tables of relative positions, principal components, a painted
// picture.
#include "core/base/error.h"
#include "core/export/csv_npy.h"
#include "core/export/exporter.h"
#include "core/export/heat_picture.h"
#include "core/export/svg.h"
#include "core/imaging/codec.h"
#include "core/imaging/pil_resize.h"
#include "core/wire/block_grid.h"

#include <algorithm>
#include <array>

namespace headlens {
namespace {

[[noreturn]] void refuseFormat(const verbs::Export& request)
{
    throw Error(ErrorCode::BadRequest, "format", "\"" + request.format + "\" does not exist for " + request.what);
}

Image8 enlarged(const Image8& picture)
{
    constexpr int kShorterSide = 448;
    const int factor = std::max(1, kShorterSide / std::max(1, std::min(picture.width, picture.height)));
    return pilResize(picture, picture.width * factor, picture.height * factor, Filter::Nearest);
}

std::string captionOf(const Inspection& inspection, const verbs::Export& request)
{
    const std::string layer = inspection.model().name + ", layer " + std::to_string(request.layer);
    const std::string head =
        request.fusion == "single" ? ", head " + std::to_string(request.head) : ", " + request.fusion + " of heads";
    if (request.what == "effective") return layer + ": effective map (HeadLens' own definition)";
    if (request.what == "entropy") return layer + head + ": entropy of each token's attention (nats)";
    if (request.what == "distance") return layer + head + ": mean attention distance (pixels)";
    return layer + head + ": attention each token receives";
}

std::string renderOverview(const Inspection& inspection, const verbs::Export& request)
{
    const bool effective = request.what == "effective";
    // A special token or no token: the mean of all.
    const Grid2D found = inspection.overview({request.layer, request.head, request.fusion, request.what, -1});
    if (request.format == "npy") return npy(found.values, {found.rows, found.columns});
    if (request.format == "csv") return csv(found.values, std::size_t(found.columns), "");
    const verbs::InputInfo& input = inspection.input();
    const HeatMap map{found.rows, found.columns, found.values, {}};
    const float high = *std::max_element(found.values.begin(), found.values.end());
    const HeatStyle style{request.colormap, request.opacity, request.smooth, {0, high, request.logarithmic}};
    const int pixels =
        effective ? input.patchPixels : cellPixels(input, input.blocks.at(std::size_t(request.layer)), found.columns);
    const std::string caption = captionOf(inspection, request);
    if (request.format == "svg") return svgMap(inspection.seen(), map, style, pixels, caption);
    if (request.format != "png") refuseFormat(request);
    return encodePng(withColorBar(paintHeat(inspection.seen(), map, style, pixels), style, caption));
}

std::string renderBias(const Inspection& inspection, const verbs::Export& request)
{
    const LayerTables tables = inspection.positionBias(request.layer);
    if (tables.heads == 0)
        throw Error(ErrorCode::BadRequest, "layer " + std::to_string(request.layer),
                    "has no table of relative positions", "choose a model with relative positions, such as a Swin");
    if (request.format == "npy") return npy(tables.values, {tables.heads, tables.rows, tables.columns});
    if (request.format == "csv") return csv(tables.values, std::size_t(tables.columns), "");
    const auto [low, high] = std::minmax_element(tables.values.begin(), tables.values.end());
    const HeatStyle style{request.colormap, 1, false, {*low, *high, false}};
    std::vector<GridCell> cells;
    const auto area = std::ptrdiff_t(tables.rows) * tables.columns;
    for (int h = 0; h < tables.heads; ++h)
        cells.push_back({{tables.rows,
                          tables.columns,
                          {tables.values.begin() + h * area, tables.values.begin() + (h + 1) * area},
                          {}},
                         style});
    if (request.format == "svg")
        return svgGrid({cells}, inspection.model().name + ", layer " + std::to_string(request.layer) +
                                    ": bias by offset, query minus key");
    if (request.format != "png") refuseFormat(request);
    return encodePng(paintGrid({cells}));
}

std::string renderPca(Inspection& inspection, const verbs::Export& request)
{
    if (request.format != "png") refuseFormat(request);
    return encodePng(enlarged(inspection.pca({request.layer, request.recipe, true, false}).picture));
}

std::string renderReconstruction(const Inspection& inspection, const verbs::Export& request)
{
    if (request.format != "png") refuseFormat(request);
    if (inspection.reconstruction().width == 0)
        throw Error(ErrorCode::BadRequest, inspection.model().name, "is no masked autoencoder",
                    "open one that brings its decoder");
    return encodePng(inspection.reconstruction());
}

} // namespace

std::string renderOverviewFigure(Inspection& inspection, const verbs::Export& request)
{
    static constexpr std::array<const char*, 4> kOverviews{"received", "entropy", "distance", "effective"};
    if (std::ranges::find(kOverviews, request.what) != kOverviews.end()) return renderOverview(inspection, request);
    if (request.what == "bias") return renderBias(inspection, request);
    if (request.what == "pca") return renderPca(inspection, request);
    if (request.what == "reconstruction") return renderReconstruction(inspection, request);
    return {};
}

} // namespace headlens
