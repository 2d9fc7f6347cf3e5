// SPDX-License-Identifier: GPL-3.0-or-later
// Gemma 3 with pictures: patches of SigLIP, averaged in squares, normed and projected; those of one picture see each
// other.
#include "core/models/skeletons/picture_decoder.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

struct Gemma3Sizes {
    std::int64_t side = 0, pool = 1; // patches a side, and of a square that becomes one vector
    std::int64_t towerWidth = 0, width = 0;
    double eps = 1e-6;
};

class Gemma3Connector : public PictureConnector {
public:
    explicit Gemma3Connector(const Gemma3Sizes& sizes) : m_sizes(sizes) {}

    void load(WeightBinder& binder) override
    {
        const std::string name = "multi_modal_projector.";
        m_norm.weight = binder.take(name + "mm_soft_emb_norm.weight", {m_sizes.towerWidth});
        if (m_norm.weight.defined()) m_norm.weight = m_norm.weight + 1; // stored as what differs from 1
        m_norm.eps = m_sizes.eps;
        m_norm.rms = true;
        m_matrix = binder.take(name + "mm_input_projection_weight", {m_sizes.towerWidth, m_sizes.width});
    }
    void visit(const std::function<void(at::Tensor&)>& visit) override
    {
        visit(m_norm.weight);
        visit(m_matrix);
    }
    at::Tensor operator()(const TowerFeatures& features) const override
    {
        const at::Tensor& patches = features.seen.normed; // [P,N,D]
        const at::Tensor map = patches.transpose(1, 2).reshape({patches.size(0), -1, m_sizes.side, m_sizes.side});
        const at::Tensor squares = at::avg_pool2d(map, {m_sizes.pool, m_sizes.pool}).flatten(2).transpose(1, 2);
        return at::matmul(m_norm(squares), m_matrix);
    }

private:
    Gemma3Sizes m_sizes;
    LayerNorm m_norm;
    at::Tensor m_matrix; // [Dv,D]
};

} // namespace

static int scoreGemma3(const Checkpoint& checkpoint)
{
    const bool told = !modelTypeOf(checkpoint).empty();
    return told && checkpoint.has("multi_modal_projector.mm_soft_emb_norm.weight") ? 3 : 0;
}

static LoadedModel loadGemma3(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    PictureDecoderParts parts = readPictureDecoder("Gemma 3", "gemma3_text", checkpoint, settings);
    const VitConfig tower = visionTowerConfig(
        checkpoint, settings, {.activation = "gelu_pytorch_tanh", .eps = 1e-6, .heads = 16}, parts.facts.assumptions);
    const StackReader whole(checkpoint, settings);
    const std::int64_t side = tower.gridHeight();
    const std::int64_t vectors = whole.fields().integer("mm_tokens_per_image", 256, 1, side * side);
    const std::int64_t across = rootOf(vectors);
    if (across < 1 || side % across != 0 || tower.gridWidth() != side)
        whole.fields().refuse("mm_tokens_per_image " + std::to_string(vectors) + " does not cut " +
                              std::to_string(side) + " x " + std::to_string(side) + " patches into squares");
    parts.facts.text.pictureMark = "<start_of_image>";
    parts.facts.text.pictureText = "\n\n<start_of_image><image_soft_token><end_of_image>\n\n";
    const PictureWords words{
        .token = imageTokenOf(whole.fields(), 262'144), .perPicture = vectors, .sight = PictureWords::Picture};
    auto connector = std::make_unique<Gemma3Connector>(Gemma3Sizes{
        .side = side, .pool = side / across, .towerWidth = tower.width, .width = parts.text.width, .eps = tower.eps});
    return loadPictureDecoder(std::move(parts), words, towerEyes(tower, std::move(connector)), settings);
}

const Architecture architectures::gemma3{"Gemma 3", {"gemma3"}, scoreGemma3, loadGemma3};

} // namespace headlens
