// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tasks/image_classifier.h"

#include "core/models/skeletons/swin_encoder.h"
#include "core/models/skeletons/vit_encoder.h"
#include "core/training/tasks/small_stacks.h"
#include "core/training/tasks/stack_names.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

class VitClassifier : public ImageClassifier {
public:
    VitClassifier(const ClassifierShape& shape, std::int64_t side, std::int64_t classes)
        : ImageClassifier(classes), m_encoder(configOf(shape, side)), m_pattern(patternFrom(shape.pattern)),
          m_narrow(shape.narrow)
    {
    }
    at::Tensor firstValue(const std::string& name, const std::vector<std::int64_t>& shape) const override
    {
        return m_narrow && !name.starts_with("classifier.") ? byFanIn(shape) : at::Tensor();
    }
    void visit(const Visit& visit) override
    {
        m_encoder.visit(prefixed(visit, "vit."));
        visitHead(visit, m_encoder.config().width);
    }
    at::Tensor logits(const at::Tensor& pixels) const override
    {
        return m_head(m_encoder.encode(pixels, {}, {{false, false}}, {}, m_pattern).normed.select(1, 0));
    }
    std::int64_t side() const override { return m_encoder.config().imageHeight; }
    void resizePictures(std::int64_t side) override
    {
        const std::int64_t grid = side / m_encoder.config().patch;
        m_encoder.replacePositions(m_encoder.positionsFor(grid, grid).detach().clone(), side, side);
    }
    Json config() const override
    {
        const VitConfig& c = m_encoder.config();
        Json json = vitJson(c);
        json["architectures"] = {"ViTForImageClassification"};
        if (c.pattern != "dense") json["attention_pattern"] = c.pattern;
        if (c.recipes > 0) json["recipes"] = c.recipes;
        if (c.routed.empty()) return json;
        json["model_type"] = "mixture_of_depths_vit";
        json["architectures"] = {"MixtureOfDepthsViT"};
        json["routed_blocks"] = c.routed;
        json["capacity"] = c.capacity;
        return json;
    }

private:
    static VitConfig configOf(const ClassifierShape& shape, std::int64_t side)
    {
        VitConfig config = smallVit({shape.depths.at(0), shape.width, shape.heads.at(0)}, side, shape.patch);
        config.pattern = shape.pattern;
        config.recipes = shape.recipes;
        config.routed = shape.routed;
        config.capacity = shape.capacity;
        return config;
    }
    VitEncoder m_encoder;
    AttentionPattern m_pattern;
    bool m_narrow;
};

class SwinClassifier : public ImageClassifier {
public:
    SwinClassifier(const ClassifierShape& shape, std::int64_t side, std::int64_t classes)
        : ImageClassifier(classes), m_encoder(configOf(shape, side))
    {
    }
    void visit(const Visit& visit) override
    {
        m_encoder.visit(prefixed(visit, "swin."));
        visitHead(visit, m_encoder.config().lastWidth());
    }
    at::Tensor logits(const at::Tensor& pixels) const override
    {
        return m_head(m_encoder.encode(pixels, {}, {{false, false}}).normed.mean(1));
    }
    std::int64_t side() const override { return m_encoder.config().imageHeight; }
    void resizePictures(std::int64_t side) override { m_encoder.resizePictures(side, side); }
    Json config() const override
    {
        const SwinConfig& c = m_encoder.config();
        Json depths = Json::array(), heads = Json::array();
        for (const SwinStage& stage : c.stages) {
            depths.push_back(stage.depth);
            heads.push_back(stage.heads);
        }
        return {{"architectures", {"SwinForImageClassification"}},
                {"model_type", "swin"},
                {"embed_dim", c.stages[0].width},
                {"depths", depths},
                {"num_heads", heads},
                {"window_size", c.stages[0].windowHeight},
                {"mlp_ratio", c.mlpRatio},
                {"image_size", c.imageHeight},
                {"patch_size", c.patch},
                {"num_channels", c.channels},
                {"layer_norm_eps", c.eps},
                {"hidden_act", c.activation},
                {"qkv_bias", true}};
    }

private:
    static SwinConfig configOf(const ClassifierShape& shape, std::int64_t side)
    {
        SwinConfig config;
        for (std::size_t i = 0; i < shape.depths.size(); ++i)
            config.stages.push_back(
                {shape.depths[i], shape.heads.at(i), shape.width << i, shape.window, shape.window, 0, true});
        config.patch = shape.patch;
        config.imageHeight = config.imageWidth = side;
        return config;
    }
    SwinEncoder m_encoder;
};

} // namespace

std::unique_ptr<ImageClassifier> makeClassifier(const ClassifierShape& shape, std::int64_t side, std::int64_t classes)
{
    if (shape.window > 0) return std::make_unique<SwinClassifier>(shape, side, classes);
    return std::make_unique<VitClassifier>(shape, side, classes);
}

} // namespace headlens
