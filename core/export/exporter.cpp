// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/exporter.h"

#include "core/export/csv_npy.h"
#include "core/export/svg.h"
#include "core/imaging/codec.h"

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
    Exporter(const Inspection& inspection, const verbs::Export& request)
        : m_inspection(inspection), m_request(request), m_model(inspection.model()), m_input(inspection.input())
    {
        const auto fusion = headFusionFrom(request.fusion);
        if (!fusion) refuse("fusion", "\"" + request.fusion + "\" is not single, mean, max or min");
        m_fusion = *fusion;
        if (request.what == "matrix") return;
        m_rows = inspection.rows({request.token, request.reverse});
        if (request.layer < 0 || request.layer >= int(m_rows.size()))
            refuse("layer", std::to_string(request.layer) + " does not exist");
        if (request.head < 0 || request.head >= m_rows[std::size_t(request.layer)].heads)
            refuse("head", std::to_string(request.head) + " does not exist");
    }

    std::string render() const
    {
        if (m_request.what == "map") return renderMap();
        if (m_request.what == "grid") return renderGrid();
        if (m_request.what == "row") return renderRow();
        if (m_request.what == "matrix") return renderMatrix();
        refuse("export", "\"" + m_request.what + "\" is not map, grid, row or matrix");
    }

private:
    [[noreturn]] void refuseFormat() const
    {
        refuse("format", "\"" + m_request.format + "\" does not exist for " + m_request.what);
    }
    std::size_t prefix() const { return m_model.prefixTokens.size(); }

    HeatMap heatMap(const std::vector<float>& row) const
    {
        HeatMap map{m_input.gridHeight, m_input.gridWidth, {row.begin() + std::ptrdiff_t(prefix()), row.end()}, {}};
        if (m_request.keepMass < 1) map.kept = massMask(map.values, m_request.keepMass);
        return map;
    }
    std::vector<float> rowOf(const LayerRows& layer, HeadFusion fusion, int head) const
    {
        return fuseHeads(layer.values, layer.heads, fusion, head);
    }
    // The largest patch value that shares the scale: of this map, of its layer, of all layers.
    float highest(const LayerRows& layer) const
    {
        float high = 0;
        for (int h = 0; h < layer.heads; ++h) {
            const auto row = rowOf(layer, HeadFusion::Single, h);
            high = std::max(high, *std::max_element(row.begin() + std::ptrdiff_t(prefix()), row.end()));
        }
        return high;
    }
    HeatStyle style(float high) const
    {
        return {m_request.colormap, m_request.opacity, m_request.smooth, {0, high, m_request.logarithmic}};
    }
    HeatStyle styleFor(const LayerRows& layer, const HeatMap& map) const
    {
        if (m_request.scale == "map") return style(*std::max_element(map.values.begin(), map.values.end()));
        if (m_request.scale == "layer") return style(highest(layer));
        float high = 0;
        for (const LayerRows& any : m_rows) high = std::max(high, highest(any));
        return style(high);
    }
    std::string caption() const
    {
        const std::string token = tokenName(m_request.token, m_model, m_input);
        const std::string head =
            m_fusion == HeadFusion::Single ? "head " + std::to_string(m_request.head) : m_request.fusion + " of heads";
        const std::string which =
            m_request.what == "grid" ? "" : ", layer " + std::to_string(m_request.layer) + ", " + head;
        return m_model.name + which + (m_request.reverse ? ", to " : ", from ") + token;
    }

    std::string renderMap() const
    {
        const LayerRows& layer = m_rows[std::size_t(m_request.layer)];
        const HeatMap map = heatMap(rowOf(layer, m_fusion, m_request.head));
        const HeatStyle look = styleFor(layer, map);
        if (m_request.format == "png")
            return encodePng(
                withColorBar(paintHeat(m_inspection.seen(), map, look, m_input.patchPixels), look, caption()));
        if (m_request.format == "svg") return svgMap(m_inspection.seen(), map, look, m_input.patchPixels, caption());
        if (m_request.format == "npy") return npy(map.values, {map.gridHeight, map.gridWidth});
        if (m_request.format == "csv") return csv(map.values, std::size_t(map.gridWidth), "");
        refuseFormat();
    }

    // The mass mask belongs to one row, so a grid is never masked; neither is the window's.
    std::string renderGrid() const
    {
        std::vector<std::vector<GridCell>> cells;
        std::vector<float> all;
        for (const LayerRows& layer : m_rows) {
            std::vector<GridCell> line;
            for (int h = 0; h < layer.heads; ++h) {
                HeatMap map = heatMap(rowOf(layer, HeadFusion::Single, h));
                map.kept.clear();
                const HeatStyle look = styleFor(layer, map);
                line.push_back({std::move(map), look});
            }
            cells.push_back(std::move(line));
            all.insert(all.end(), layer.values.begin(), layer.values.end());
        }
        if (m_request.format == "png") return encodePng(paintGrid(cells));
        if (m_request.format == "svg") return svgGrid(cells, caption());
        const std::int64_t heads = m_rows[0].heads, tokens = m_rows[0].tokens;
        if (m_request.format == "npy") return npy(all, {std::int64_t(m_rows.size()), heads, tokens});
        if (m_request.format == "csv") return csv(all, std::size_t(tokens), tokenHeader());
        refuseFormat();
    }

    std::string renderRow() const
    {
        const auto row = rowOf(m_rows[std::size_t(m_request.layer)], m_fusion, m_request.head);
        if (m_request.format == "csv") return csv(row, row.size(), tokenHeader());
        if (m_request.format == "npy") return npy(row, {std::int64_t(row.size())});
        refuseFormat();
    }

    std::string renderMatrix() const
    {
        const Grid2D map = m_inspection.map(m_request.layer, m_request.head, m_request.fusion, 0);
        if (m_request.format == "csv") return csv(map.values, std::size_t(map.columns), tokenHeader());
        if (m_request.format == "npy") return npy(map.values, {map.rows, map.columns});
        refuseFormat();
    }

    std::string tokenHeader() const
    {
        std::string header;
        for (int i = 0; i < m_input.tokens; ++i)
            header += (i > 0 ? ",\"" : "\"") + tokenName(i, m_model, m_input) + "\"";
        return header;
    }

    const Inspection& m_inspection;
    const verbs::Export& m_request;
    const verbs::ModelInfo& m_model;
    const verbs::InputInfo& m_input;
    HeadFusion m_fusion = HeadFusion::Single;
    std::vector<LayerRows> m_rows;
};

} // namespace

std::string renderExport(const Inspection& inspection, const verbs::Export& request)
{
    return Exporter(inspection, request).render();
}

int tokenFrom(const std::string& text, const verbs::ModelInfo& model, const verbs::InputInfo& input)
{
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

std::string tokenName(int token, const verbs::ModelInfo& model, const verbs::InputInfo& input)
{
    const int prefix = int(model.prefixTokens.size());
    if (token < prefix) return model.prefixTokens[std::size_t(token)];
    const int patch = token - prefix;
    return "patch " + std::to_string(patch / std::max(1, input.gridWidth)) + "," +
           std::to_string(patch % std::max(1, input.gridWidth));
}

} // namespace headlens
