// SPDX-License-Identifier: GPL-3.0-or-later
// PaliGemma 1 and 2: all patches of SigLIP through one layer into a Gemma, whose prompt sees itself in both directions.
#include "core/models/skeletons/picture_decoder.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens {
namespace {

class PaliGemmaConnector : public PictureConnector {
public:
    PaliGemmaConnector(std::int64_t towerWidth, std::int64_t width) : m_towerWidth(towerWidth), m_width(width) {}

    void load(WeightBinder& binder) override
    {
        m_layer = takeLinear(binder, "multi_modal_projector.linear", m_width, m_towerWidth);
    }
    void visit(const std::function<void(at::Tensor&)>& visit) override { visitLinear(m_layer, visit); }
    at::Tensor operator()(const TowerFeatures& features) const override
    {
        return m_layer(features.seen.normed) / std::sqrt(double(m_width));
    }

private:
    std::int64_t m_towerWidth, m_width;
    Linear m_layer;
};

// Picture, mark of the beginning, prompt, and the line break that its training ended prompts with.
constexpr const char* kUsualChat = "{{ image }}{{ bos_token }}{{ messages[-1].content }}\n";

} // namespace

static int scorePaliGemma(const Checkpoint& checkpoint)
{
    const bool told = !modelTypeOf(checkpoint).empty();
    return told && checkpoint.has("multi_modal_projector.linear.weight") ? 3 : 0;
}

static LoadedModel loadPaliGemma(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    PictureDecoderParts parts = readPictureDecoder("PaliGemma", "gemma", checkpoint, settings);
    const VitConfig tower = visionTowerConfig(
        checkpoint, settings, {.activation = "gelu_pytorch_tanh", .eps = 1e-6, .heads = 12}, parts.facts.assumptions);
    const StackReader whole(checkpoint, settings);
    const PictureWords words{.token = imageTokenOf(whole.fields(), 256'000),
                             .perPicture = tower.gridHeight() * tower.gridWidth(),
                             .scale = parts.text.embeddingScale, // Gemma multiplies all that enters
                             .sight = PictureWords::Prompt};
    parts.facts.text.usualChat = kUsualChat;
    auto connector = std::make_unique<PaliGemmaConnector>(tower.width, parts.text.width);
    return loadPictureDecoder(std::move(parts), words, towerEyes(tower, std::move(connector)), settings);
}

const Architecture architectures::paliGemma{"PaliGemma", {"paligemma"}, scorePaliGemma, loadPaliGemma};

} // namespace headlens
