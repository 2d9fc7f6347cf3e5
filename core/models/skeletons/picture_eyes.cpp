// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/picture_eyes.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

// [B,n,C,H,W], as some files batch the pictures of texts: one row a picture, without those of zeros, which only fill.
at::Tensor inARow(const at::Tensor& pixels)
{
    constexpr std::int64_t kByText = 5;
    if (pixels.dim() != kByText) return pixels;
    const at::Tensor all = pixels.flatten(0, 1);
    return all.index_select(0, (all != 0).flatten(1).any(1).nonzero().squeeze(1));
}

// `vectors` of a picture that was cut into patches: one each or one for every square of them, perhaps behind those of
// the prefix.
VectorGrid gridOf(std::int64_t vectors, const SeenPicture& seen, std::int64_t prefix)
{
    for (std::int64_t side = 1; side <= std::min(seen.gridHeight, seen.gridWidth); ++side) {
        if (seen.gridHeight % side != 0 || seen.gridWidth % side != 0) continue;
        const std::int64_t rows = seen.gridHeight / side, columns = seen.gridWidth / side;
        if (vectors == rows * columns) return {vectors, 0, rows, columns};
        if (vectors == prefix + rows * columns) return {vectors, prefix, rows, columns};
    }
    return {vectors};
}

class TowerEyes : public PictureEyes {
public:
    TowerEyes(const VitConfig& tower, std::unique_ptr<PictureConnector> connector)
        : m_tower(tower), m_connector(std::move(connector))
    {
    }
    void load(const Checkpoint& checkpoint, WeightBinder& binder) override
    {
        m_tower.load(checkpoint, binder);
        m_connector->load(binder);
    }
    void visit(const std::function<void(at::Tensor&)>& visit) override
    {
        m_tower.visit(visit);
        m_connector->visit(visit);
    }
    void pack(Precision precision) override { m_tower.pack(precision); }
    void appendFacts(ModelFacts& facts) const override { m_tower.appendFacts(facts); }
    int blocks() const override { return m_tower.encoder().blocks(); }
    PositionTable positionTable(const TokenStream& stream) const override { return m_tower.positionTable(stream); }

    SeenVectors see(const ModelInput& input, const ForwardOptions& options, const JobControl& control,
                    ForwardResult& result) const override
    {
        if (!input.pixels.defined()) return {};
        ForwardOptions looking = options;
        looking.keep.hidden = true; // connectors may read any of them
        const SeenPicture seen = m_tower.see(inARow(input.pixels), looking, control, result);
        const std::vector<at::Tensor>& states = result.trace.hidden["vision"];
        const std::int64_t prefix = m_tower.encoder().config().prefixTokens();
        const at::Tensor vectors = (*m_connector)({seen, states, prefix});
        if (!options.keep.hidden) result.trace.hidden.erase("vision");
        result.outputs["vision.last_hidden_state"] = seen.normed;
        result.outputs["image_features"] = vectors;
        const std::vector<VectorGrid> grids(std::size_t(vectors.size(0)), gridOf(vectors.size(1), seen, prefix));
        return {vectors.flatten(0, 1), {}, grids};
    }

private:
    VisionTower m_tower;
    std::unique_ptr<PictureConnector> m_connector;
};

} // namespace

std::unique_ptr<PictureEyes> towerEyes(const VitConfig& tower, std::unique_ptr<PictureConnector> connector)
{
    return std::make_unique<TowerEyes>(tower, std::move(connector));
}

} // namespace headlens
