// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/exporter.h"

#include "core/base/map_values.h"
#include "core/export/csv_npy.h"
#include "core/export/plain_figures.h"
#include "core/export/svg.h"
#include "core/imaging/codec.h"
#include "core/session/questions/questions.h"
#include "core/wire/block_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace headlens {
namespace {

[[noreturn]] void refuse(const std::string& subject, const std::string& why)
{
    throw Error(ErrorCode::BadRequest, subject, why);
}

// One export with everything it needs at hand.
class Exporter {
public:
    Exporter(const Run& run, const verbs::Export& request)
        : m_run(run), m_request(request), m_model(run.modelInfo()), m_input(run.info)
    {
        const auto fusion = headFusionFrom(request.fusion);
        if (!fusion) refuse("fusion", "\"" + request.fusion + "\" is not single, mean, max or min");
        m_fusion = *fusion;
        if (request.layer < 0 || request.layer >= int(m_input.blocks.size()))
            refuse("layer", std::to_string(request.layer) + " does not exist");
        if (request.what == "matrix") return;
        const verbs::BlockGrid& block = m_input.blocks[std::size_t(request.layer)];
        m_rows = questions::rows(
                     run, {request.token, request.reverse, request.reverse ? block.keyStream : block.queryStream})
                     .layers;
        const bool painted =
            request.what == "map" || (request.what == "grid" && request.format != "csv" && request.format != "npy");
        if (painted && !looksAtPicture(std::size_t(request.layer)))
            refuse(request.what, "needs a layer whose keys lie on a picture; others are exported as row or matrix");
        if (request.head < 0 || request.head >= m_rows[std::size_t(request.layer)].rows())
            refuse("head", std::to_string(request.head) + " does not exist");
    }

    Image8 picture() const
    {
        if (m_request.what == "map") return mapPicture();
        if (m_request.what == "grid") return paintGrid(cells());
        refuse("export", "\"" + m_request.what + "\" is no picture");
    }

    std::string render() const
    {
        if (m_request.what == "map") return renderMap();
        if (m_request.what == "grid") return renderGrid();
        if (m_request.what == "row") return renderRow();
        if (m_request.what == "matrix") return renderMatrix();
        refuse("export", "\"" + m_request.what + "\" is no kind of figure");
    }

private:
    [[noreturn]] void refuseFormat() const
    {
        refuse("format", "\"" + m_request.format + "\" does not exist for " + m_request.what);
    }
    // The sequence that a row of this layer counts.
    const verbs::Stream& counted(std::size_t layer) const
    {
        const verbs::BlockGrid& block = blockOf(layer);
        return m_input.streams.at(std::size_t(m_request.reverse ? block.queryStream : block.keyStream));
    }
    bool looksAtPicture(std::size_t layer) const { return m_rows[layer].rows() > 0 && counted(layer).gridWidth > 0; }
    // Tokens before the patches: words of a mixed sequence, then special ones.
    std::size_t prefix() const
    {
        const verbs::Stream& stream = counted(std::size_t(m_request.layer));
        return stream.tokens.size() + std::size_t(stream.prefix);
    }

    const verbs::BlockGrid& blockOf(std::size_t layer) const { return m_input.blocks.at(layer); }
    int patchPixels(std::size_t layer) const { return cellPixels(m_input, blockOf(layer), blockOf(layer).gridWidth); }
    // The token's patch in the map of a layer; below 0 for special tokens.
    int patchIn(std::size_t layer) const
    {
        return cellUnder(gridOf(m_input.streams.at(std::size_t(blockOf(layer).keyStream))), gridOf(blockOf(layer)),
                         m_request.token - int(prefix()));
    }
    // Patches the token cannot see stay unpainted, and those outside the mass mask.
    HeatMap heatMap(const std::vector<float>& row, std::size_t layer) const
    {
        const verbs::BlockGrid& grid = blockOf(layer);
        HeatMap map{grid.gridHeight, grid.gridWidth, {row.begin() + std::ptrdiff_t(prefix()), row.end()}, {}};
        map.kept = reachablePatches(grid, patchIn(layer), m_input.hiddenPatches);
        if (m_request.keepMass < 1) {
            const std::vector<bool> strong = massMask(map.values, m_request.keepMass);
            if (map.kept.empty()) map.kept.assign(strong.size(), true);
            for (std::size_t i = 0; i < strong.size(); ++i) map.kept[i] = map.kept[i] && strong[i];
        }
        return map;
    }
    std::vector<float> rowOf(const FloatArray& layer, HeadFusion fusion, int head) const
    {
        return fuseHeads(layer.values, layer.rows(), fusion, head);
    }
    // The upper end of the scale that maps share: of this map, of its layer, of all layers.
    float highest(const FloatArray& layer) const
    {
        float high = 0;
        for (int h = 0; h < layer.rows(); ++h) {
            const auto row = rowOf(layer, HeadFusion::Single, h);
            high = std::max(high, robustHigh(std::span(row).subspan(std::size_t(prefix()))));
        }
        return high;
    }
    HeatStyle style(float high) const
    {
        return {m_request.colormap, m_request.opacity, m_request.smooth, {0, high, m_request.logarithmic}};
    }
    HeatStyle styleFor(const FloatArray& layer, const HeatMap& map) const
    {
        if (m_request.scale == "map") return style(robustHigh(map.values));
        if (m_request.scale == "layer") return style(highest(layer));
        float high = 0;
        for (std::size_t l = 0; l < m_rows.size(); ++l)
            if (looksAtPicture(l)) high = std::max(high, highest(m_rows[l]));
        return style(high);
    }
    std::string caption() const
    {
        const std::string token = tokenName(m_request.token, m_model, m_input.gridWidth);
        const std::string head =
            m_fusion == HeadFusion::Single ? "head " + std::to_string(m_request.head) : m_request.fusion + " of heads";
        const std::string which =
            m_request.what == "grid" ? "" : ", layer " + std::to_string(m_request.layer) + ", " + head;
        const std::string smooth = m_request.what == "map" && m_request.smooth ? ", smooth (bicubic)" : "";
        return m_model.name + which + (m_request.reverse ? ", to " : ", from ") + token + smooth;
    }

    Image8 mapPicture() const
    {
        const FloatArray& layer = m_rows[std::size_t(m_request.layer)];
        const HeatMap map = heatMap(rowOf(layer, m_fusion, m_request.head), std::size_t(m_request.layer));
        const HeatStyle look = styleFor(layer, map);
        return withColorBar(paintHeat(m_run.seen, map, look, patchPixels(std::size_t(m_request.layer))), look,
                            caption());
    }

    std::string renderMap() const
    {
        if (m_request.format == "png") return encodePng(mapPicture());
        const FloatArray& layer = m_rows[std::size_t(m_request.layer)];
        const HeatMap map = heatMap(rowOf(layer, m_fusion, m_request.head), std::size_t(m_request.layer));
        const int pixels = patchPixels(std::size_t(m_request.layer));
        const HeatStyle look = styleFor(layer, map);
        if (m_request.format == "svg") return svgMap(m_run.seen, map, look, pixels, caption());
        if (m_request.format == "npy") return npy(map.values, {map.gridHeight, map.gridWidth});
        if (m_request.format == "csv") return csv(map.values, std::size_t(map.gridWidth), "");
        refuseFormat();
    }

    // The mass mask belongs to one row, so a grid is never masked; neither is the window's.
    std::vector<std::vector<GridCell>> cells() const
    {
        std::vector<std::vector<GridCell>> lines;
        for (std::size_t l = 0; l < m_rows.size(); ++l) {
            const FloatArray& layer = m_rows[l];
            if (!looksAtPicture(l)) continue; // a tower that reads, or knows nothing of the token
            std::vector<GridCell> line;
            for (int h = 0; h < layer.rows(); ++h) {
                HeatMap map = heatMap(rowOf(layer, HeadFusion::Single, h), l);
                map.kept.clear();
                const HeatStyle look = styleFor(layer, map);
                line.push_back({std::move(map), look});
            }
            lines.push_back(std::move(line));
        }
        return lines;
    }

    std::string renderGrid() const
    {
        if (m_request.format == "png") return encodePng(paintGrid(cells()));
        if (m_request.format == "svg") return svgGrid(cells(), caption());
        return renderNumbers();
    }

    // All layers where they are alike; of unlike ones the chosen layer.
    std::string renderNumbers() const
    {
        const FloatArray& chosen = m_rows[std::size_t(m_request.layer)];
        const bool alike =
            std::ranges::all_of(m_rows, [&](const FloatArray& layer) { return layer.shape == m_rows[0].shape; });
        std::vector<float> all;
        for (const FloatArray& layer : m_rows)
            if (alike || &layer == &chosen) all.insert(all.end(), layer.values.begin(), layer.values.end());
        const std::int64_t heads = chosen.rows(), tokens = chosen.columns();
        if (m_request.format == "csv") return csv(all, std::size_t(tokens), tokenHeader(std::size_t(m_request.layer)));
        if (m_request.format != "npy") refuseFormat();
        if (!alike) return npy(all, {heads, tokens});
        return npy(all, {std::int64_t(m_rows.size()), heads, tokens});
    }

    std::string renderRow() const
    {
        const auto row = rowOf(m_rows[std::size_t(m_request.layer)], m_fusion, m_request.head);
        if (m_request.format == "csv") return csv(row, row.size(), tokenHeader(std::size_t(m_request.layer)));
        if (m_request.format == "npy") return npy(row, {std::int64_t(row.size())});
        refuseFormat();
    }

    std::string renderMatrix() const
    {
        const verbs::BlockGrid& grid = blockOf(std::size_t(m_request.layer));
        const int window = windowOf(grid, patchIn(std::size_t(m_request.layer)));
        const FloatArray map = questions::wholeMap(m_run, m_request.layer, m_request.head, m_request.fusion, window);
        const bool plain = !isWindowed(grid) && !grid.hidesPatches;
        if (m_request.format == "csv")
            return csv(map.values, std::size_t(map.columns()),
                       plain ? tokenHeader(std::size_t(m_request.layer)) : std::string());
        if (m_request.format == "npy") return npy(map.values, map.shape);
        refuseFormat();
    }

    std::string tokenHeader(std::size_t layer) const
    {
        const verbs::Stream& stream = counted(layer);
        const verbs::BlockGrid& grid = blockOf(layer);
        std::vector<std::string> names;
        for (const verbs::TextToken& token : stream.tokens) names.push_back(quoted(token.piece));
        const int patches = stream.gridWidth > 0 ? stream.prefix + grid.gridHeight * grid.gridWidth : 0;
        for (int i = 0; i < patches; ++i) names.push_back(tokenName(i, m_model, grid.gridWidth));
        std::string header;
        for (const std::string& name : names) header += (header.empty() ? "\"" : ",\"") + name + "\"";
        return header;
    }
    // Pieces may hold anything: quotes are doubled, line ends become blanks.
    static std::string quoted(const std::string& piece)
    {
        std::string text;
        for (const char c : piece) text += c == '"' ? "\"\"" : std::string(1, c == '\n' || c == '\r' ? ' ' : c);
        return text;
    }

    const Run& m_run;
    const verbs::Export& m_request;
    const verbs::ModelInfo& m_model;
    const verbs::InputInfo& m_input;
    HeadFusion m_fusion = HeadFusion::Single;
    std::vector<FloatArray> m_rows;
};

} // namespace

std::string renderExport(const Run& run, const verbs::Export& request)
{
    const bool numbers = request.what == "row" || request.what == "matrix" || request.what == "grid";
    if (run.seen.width == 0 && !numbers)
        refuse(request.what, "needs a picture; a text is exported as row, matrix or grid in CSV or NPY");
    if (std::string figure = renderPlainFigure(run, request); !figure.empty()) return figure;
    return Exporter(run, request).render();
}

Image8 renderPicture(const Run& run, const verbs::Export& request)
{
    return Exporter(run, request).picture();
}

int tokenFrom(const std::string& text, const verbs::ModelInfo& model, const verbs::InputInfo& input)
{
    const int prefix = int(model.prefixTokens.size());
    if (text == "auto") return prefix > 0 ? 0 : input.gridHeight / 2 * input.gridWidth + input.gridWidth / 2;
    const auto named = std::ranges::find(model.prefixTokens, text);
    if (named != model.prefixTokens.end()) return int(named - model.prefixTokens.begin());
    int token = -1;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), token);
    if (problem != std::errc() || end != text.data() + text.size() || token < 0 || token >= input.tokens)
        throw Error(ErrorCode::Usage, "query " + text,
                    "is neither a special token of this model nor a number from 0 to " +
                        std::to_string(input.tokens - 1));
    return token;
}

std::string tokenName(int token, const verbs::ModelInfo& model, int gridWidth)
{
    const int prefix = int(model.prefixTokens.size());
    if (token < prefix) return model.prefixTokens[std::size_t(token)];
    const int patch = token - prefix;
    return fmt::format("patch {},{}", patch / std::max(1, gridWidth), patch % std::max(1, gridWidth));
}

} // namespace headlens
