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
#include "core/session/questions/questions.h"
#include "core/wire/block_grid.h"

#include <algorithm>
#include <array>
#include <string_view>

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

std::string captionOf(const Run& run, const verbs::Export& request)
{
    const std::string layer = run.modelInfo().name + ", layer " + std::to_string(request.layer);
    const std::string head =
        request.fusion == "single" ? ", head " + std::to_string(request.head) : ", " + request.fusion + " of heads";
    if (request.what == "effective") return layer + ": effective map (HeadLens' own definition)";
    if (request.what == "entropy") return layer + head + ": entropy of each token's attention (nats)";
    if (request.what == "distance") return layer + head + ": mean attention distance (pixels)";
    return layer + head + ": attention each token receives";
}

PatchFigure overviewOf(const Run& run, const verbs::Export& request)
{
    const verbs::InputInfo& input = run.info;
    // A special token or no token: the mean of all.
    FloatArray map = questions::overview(run, {request.layer, request.head, request.fusion, request.what, -1}).map;
    const int pixels = request.what == "effective"
                           ? input.patchPixels
                           : cellPixels(input, input.blocks.at(std::size_t(request.layer)), map.columns());
    return {std::move(map), pixels, 0, captionOf(run, request)};
}

PatchFigure similarityOf(const Run& run, const verbs::Export& request)
{
    const int candidate = request.explained.candidate;
    FloatArray map = questions::pictureHeat(run, {candidate}).map;
    const float low = *std::ranges::min_element(map.values); // cosines: below 0 as well
    return {std::move(map), run.info.patchPixels, low,
            run.modelInfo().name + ": cosine of every patch with \"" + run.info.scores.at(std::size_t(candidate)).text +
                "\""};
}

PatchFigure relevanceOf(const Run& run, const verbs::Export& request)
{
    const verbs::InputInfo& input = run.info;
    const verbs::Relevance answer = questions::relevance(run, request.explained);
    const auto stream = std::ranges::find_if(input.streams, [](const verbs::Stream& s) { return s.gridWidth > 0; });
    const auto index = std::size_t(stream - input.streams.begin());
    const std::size_t patches =
        stream == input.streams.end() ? 0 : std::size_t(stream->gridHeight) * std::size_t(stream->gridWidth);
    if (patches == 0 || index >= answer.streams.size() || answer.streams[index].values.size() < patches)
        throw Error(ErrorCode::BadRequest, "relevance", "has no patches to lie on", "open a picture");
    const std::vector<float>& all = answer.streams[index].values;
    return {{{stream->gridHeight, stream->gridWidth}, {all.end() - std::ptrdiff_t(patches), all.end()}},
            input.patchPixels,
            0,
            run.modelInfo().name + ": relevance for \"" + answer.label + "\" (Chefer et al. 2021)"};
}

std::string renderPatches(const Run& run, const verbs::Export& request, const PatchFigure& figure)
{
    const FloatArray& found = figure.map;
    if (request.format == "npy") return npy(found.values, found.shape);
    if (request.format == "csv") return csv(found.values, std::size_t(found.columns()), "");
    const HeatMap map{found.rows(), found.columns(), found.values, {}};
    const float high = *std::ranges::max_element(found.values);
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

std::string renderOverviewFigure(const Run& run, const verbs::Export& request)
{
    struct PatchKind {
        std::string_view what;
        PatchFigure (*figureOf)(const Run&, const verbs::Export&);
    };
    static constexpr std::array<PatchKind, 6> kPatchKinds{{{"received", overviewOf},
                                                           {"entropy", overviewOf},
                                                           {"distance", overviewOf},
                                                           {"effective", overviewOf},
                                                           {"similarity", similarityOf},
                                                           {"relevance", relevanceOf}}};
    if (const auto kind = std::ranges::find(kPatchKinds, request.what, &PatchKind::what); kind != kPatchKinds.end())
        return renderPatches(run, request, kind->figureOf(run, request));
    if (request.what == "bias") return renderBias(run, request);
    if (request.what == "pca") return renderPca(run, request);
    if (request.what == "reconstruction") return renderReconstruction(run, request);
    return {};
}

} // namespace headlens
