// SPDX-License-Identifier: GPL-3.0-or-later
// SmolVLM and Idefics 3: squares of patches of SigLIP are laid side by side ("pixel shuffle") and projected into the
// sentence of a Llama. A picture may come with tiles of it.
#include "core/models/skeletons/picture_decoder.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

struct ShuffleSizes {
    std::int64_t side = 0, factor = 1; // patches a side, and of a square that becomes one vector
    std::int64_t towerWidth = 0, width = 0;
};

class ShuffleConnector : public PictureConnector {
public:
    explicit ShuffleConnector(const ShuffleSizes& sizes) : m_sizes(sizes) {}

    void load(WeightBinder& binder) override
    {
        m_layer.weight = binder.take("connector.modality_projection.proj.weight",
                                     {m_sizes.width, m_sizes.towerWidth * m_sizes.factor * m_sizes.factor});
    }
    void visit(const std::function<void(at::Tensor&)>& visit) override { visitLinear(m_layer, visit); }
    at::Tensor operator()(const TowerFeatures& features) const override
    {
        const at::Tensor& patches = features.seen.normed; // [P,N,D]
        const std::int64_t f = m_sizes.factor, across = m_sizes.side / f;
        const at::Tensor squares = patches.reshape({patches.size(0), across, f, across, f, m_sizes.towerWidth});
        return m_layer(squares.permute({0, 1, 3, 2, 4, 5}).reshape({patches.size(0), across * across, -1}));
    }

private:
    ShuffleSizes m_sizes;
    Linear m_layer;
};

} // namespace

static int scoreSmolVlm(const Checkpoint& checkpoint)
{
    const bool told = !modelTypeOf(checkpoint).empty();
    return told && checkpoint.has("connector.modality_projection.proj.weight") ? 3 : 0;
}

static LoadedModel loadSmolVlm(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    PictureDecoderParts parts = readPictureDecoder("SmolVLM", "llama", checkpoint, settings);
    const VitConfig tower = visionTowerConfig(
        checkpoint, settings, {.activation = "gelu_pytorch_tanh", .eps = 1e-6, .heads = 16}, parts.facts.assumptions);
    const StackReader whole(checkpoint, settings);
    const std::int64_t side = tower.gridHeight();
    const std::int64_t factor = whole.fields().integer("scale_factor", 2, 1, 64);
    if (side % factor != 0 || tower.gridWidth() != side)
        whole.fields().refuse("scale_factor " + std::to_string(factor) + " does not divide " + std::to_string(side) +
                              " patches a side");
    const PictureWords words{.token = imageTokenOf(whole.fields(), 128'257),
                             .perPicture = side / factor * (side / factor)};
    parts.facts.text.pictureMark = "<image>";
    parts.facts.text.pictureText = "<fake_token_around_image><global-img><image><fake_token_around_image>";
    auto connector = std::make_unique<ShuffleConnector>(
        ShuffleSizes{.side = side, .factor = factor, .towerWidth = tower.width, .width = parts.text.width});
    return loadPictureDecoder(std::move(parts), words, towerEyes(tower, std::move(connector)), settings);
}

const Architecture architectures::smolVlm{"SmolVLM", {"smolvlm", "idefics3"}, scoreSmolVlm, loadSmolVlm};

} // namespace headlens
