// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/plain_figures.h"

#include "core/attribution/maps.h"
#include "core/base/error.h"
#include "core/base/map_values.h"
#include "core/export/csv_npy.h"
#include "core/export/exporter.h"
#include "core/export/heat_picture.h"
#include "core/export/svg.h"
#include "core/imaging/codec.h"
#include "core/imaging/pil_resize.h"
#include "core/session/questions/questions.h"
#include "core/wire/block_grid.h"

#include <algorithm>

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

// One number for every patch, and what it is.
struct PatchFigure {
    FloatArray map;
    int cellPixels = 1; // side of one of its cells in the picture that the model sees
    float low = 0;      // of the lowest colour
    std::string caption;
};

// The caption of the window, behind the name of the model and the place it is of.
std::string captionOf(const Run& run, const verbs::Export& request, const verbs::MethodInfo& method,
                      const verbs::TokenMap& found)
{
    std::string text = run.modelInfo().name;
    if (method.over != "run") text += ", layer " + std::to_string(request.layer);
    if (method.over == "head")
        text +=
            request.fusion == "single" ? ", head " + std::to_string(request.head) : ", " + request.fusion + " of heads";
    std::string caption = method.caption;
    if (const std::size_t place = caption.find("%1"); place != std::string::npos)
        caption.replace(place, 2, found.label);
    return text + ": " + caption;
}

PatchFigure figureOf(const Run& run, const verbs::Export& request)
{
    const verbs::MethodInfo& method = methodInfo(request.what);
    // A special token or no token: the mean of all.
    verbs::TokenMap found = tokenMap(
        run, {method.id, request.layer, request.head, request.fusion, -1, request.score, request.settings, false});
    if (found.map.empty())
        throw Error(ErrorCode::BadRequest, method.title, "has no patches to lie on", "open a picture");
    const bool ofLayer = method.over == "head";
    const int pixels = ofLayer
                           ? cellPixels(run.info, run.info.blocks.at(std::size_t(request.layer)), found.map.columns())
                           : run.info.patchPixels;
    const float low = method.isSigned ? *std::ranges::min_element(found.map.values) : 0;
    std::string caption = captionOf(run, request, method, found);
    return {std::move(found.map), pixels, low, std::move(caption)};
}

std::string renderPatches(const Run& run, const verbs::Export& request, const PatchFigure& figure)
{
    const FloatArray& found = figure.map;
    if (request.format == "npy") return npy(found.values, found.shape);
    if (request.format == "csv") return csv(found.values, std::size_t(found.columns()), "");
    const HeatMap map{found.rows(), found.columns(), found.values, {}};
    const float high = figure.low != 0 ? *std::ranges::max_element(found.values) : robustHigh(found.values);
    const HeatStyle style{
        request.colormap, request.opacity, request.smooth, {figure.low, high, request.logarithmic && figure.low == 0}};
    if (request.format == "svg") return svgMap(run.seen, map, style, figure.cellPixels, figure.caption);
    if (request.format != "png") refuseFormat(request);
    return encodePng(withColorBar(paintHeat(run.seen, map, style, figure.cellPixels), style, figure.caption));
}

std::string renderBias(const Run& run, const verbs::Export& request)
{
    const FloatArray tables = questions::positionBias(run, {request.layer}).tables; // [H,rows,columns]
    if (tables.empty())
        throw Error(ErrorCode::BadRequest, "layer " + std::to_string(request.layer),
                    "has no table of relative positions", "choose a model with relative positions, such as a Swin");
    const int rows = tables.extent(1), columns = tables.extent(2);
    if (request.format == "npy") return npy(tables.values, tables.shape);
    if (request.format == "csv") return csv(tables.values, std::size_t(columns), "");
    const auto [low, high] = std::minmax_element(tables.values.begin(), tables.values.end());
    const HeatStyle style{request.colormap, 1, false, {*low, *high, false}};
    std::vector<GridCell> cells;
    for (int h = 0; h < tables.extent(0); ++h)
        cells.push_back({{rows, columns, {tables.part(h).begin(), tables.part(h).end()}, {}}, style});
    if (request.format == "svg")
        return svgGrid({cells}, run.modelInfo().name + ", layer " + std::to_string(request.layer) +
                                    ": bias by offset, query minus key");
    if (request.format != "png") refuseFormat(request);
    return encodePng(paintGrid({cells}));
}

std::string renderPca(const Run& run, const verbs::Export& request)
{
    if (request.format != "png") refuseFormat(request);
    return encodePng(enlarged(questions::pca(run, {request.layer, request.recipe, true, false}).picture));
}

std::string renderReconstruction(const Run& run, const verbs::Export& request)
{
    if (request.format != "png") refuseFormat(request);
    if (run.reconstruction.width == 0)
        throw Error(ErrorCode::BadRequest, run.modelInfo().name, "is no masked autoencoder",
                    "open one that brings its decoder");
    return encodePng(run.reconstruction);
}

} // namespace

std::string renderPlainFigure(const Run& run, const verbs::Export& request)
{
    if (isMethod(request.what)) return renderPatches(run, request, figureOf(run, request));
    if (request.what == "bias") return renderBias(run, request);
    if (request.what == "pca") return renderPca(run, request);
    if (request.what == "reconstruction") return renderReconstruction(run, request);
    return {};
}

} // namespace headlens
