// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/vision_tower.h"

#include "core/base/error.h"
#include "core/models/skeletons/vit_model.h"

#include <ATen/ATen.h>

namespace headlens {

VitConfig visionTowerConfig(const Checkpoint& checkpoint, const ModelSettings& settings,
                            const VisionTowerDefaults& defaults, std::vector<std::string>& assumptions)
{
    // A vision tower saved alone has its numbers at the top of config.json.
    const bool sectioned = checkpoint.config() && checkpoint.config()->contains("vision_config");
    const StackReader reader(checkpoint, settings, sectioned ? "vision_config" : "");
    const JsonFields& fields = reader.fields();
    const std::string block = "vision.encoder.layer.";
    VitConfig config;
    config.width = extentOf(checkpoint, block + "0.attention.attention.query.weight", 1);
    config.layers = 0;
    while (checkpoint.has(block + std::to_string(config.layers) + ".attention.attention.query.weight")) ++config.layers;
    config.mlpWidth = extentOf(checkpoint, block + "0.intermediate.dense.weight", 0);
    config.channels = extentOf(checkpoint, "vision.embeddings.patch_embeddings.projection.weight", 1);
    config.patch = extentOf(checkpoint, "vision.embeddings.patch_embeddings.projection.weight", 2);
    config.patchBias = checkpoint.has("vision.embeddings.patch_embeddings.projection.bias");
    config.normBefore = checkpoint.has("vision.embeddings.norm_pre.weight");
    config.finalNorm = checkpoint.has("vision.layernorm.weight"); // GGUF's towers end before it
    if (!checkpoint.has("vision.embeddings.cls_token")) config.prefix.clear();
    config.positionedPrefix = config.prefixTokens();
    if (config.width < 1 || config.patch < 1)
        throw Error(ErrorCode::BadWeights, checkpoint.path(), "has a vision tower with empty weights");
    const std::int64_t usual = config.width % 64 == 0 ? config.width / 64 : 1;
    const std::int64_t assumed =
        reader.silent() ? usual : fields.integer("num_attention_heads", defaults.heads, 1, 1'024);
    config.heads = settingOf(settings, "vision.num_heads", assumed);
    if (reader.silent() && !settings.contains("vision.num_heads"))
        assumptions.push_back("vision.num_heads: " + std::to_string(config.heads));
    config.eps = epsOf(settings, fields.real("layer_norm_eps", defaults.eps, 0, 1));
    config.activation = activationOf(settings, fields.text("hidden_act", defaults.activation));
    if (reader.silent()) assumeNumbers(config.eps, config.activation, settings, assumptions);
    const auto shape = checkpoint.shapeOf("vision.embeddings.position_embeddings");
    if (!shape || shape->size() < 2)
        throw Error(ErrorCode::BadWeights, checkpoint.path(), "lacks the position table of its vision tower");
    const std::int64_t side = rootOf((*shape)[shape->size() - 2] - config.positionedPrefix);
    config.imageHeight = config.imageWidth = side > 0 ? side * config.patch : 224;
    if (fields.present("image_size"))
        std::tie(config.imageHeight, config.imageWidth) = fields.size("image_size", 224, 65'536);
    validate(config, checkpoint.path());
    return config;
}

void VisionTower::load(const Checkpoint& checkpoint, WeightBinder& binder)
{
    m_encoder.visit(takenFrom(binder).in("vision"));
    if (checkpoint.has("vision.attn_pool.latent"))
        m_pool.emplace().load(binder, m_encoder.config(), "vision.attn_pool.");
}

void VisionTower::visit(const std::function<void(at::Tensor&)>& visit)
{
    m_encoder.visit([&](const std::string&, at::Tensor& weight, const std::vector<std::int64_t>&) {
        if (weight.defined()) visit(weight);
    });
    if (m_pool) m_pool->visit(visit);
}

SeenPicture VisionTower::see(const at::Tensor& pixels, const ForwardOptions& options, const JobControl& control,
                             ForwardResult& result) const
{
    VitEncoder::Encoded encoded = m_encoder.encode(pixels, control, options);
    SeenPicture seen{encoded.last, encoded.normed, {}, encoded.gridHeight, encoded.gridWidth};
    result.gridHeight = int(seen.gridHeight);
    result.gridWidth = int(seen.gridWidth);
    const auto stream = int(result.trace.streams.size());
    result.trace.streams.push_back(
        {"vision", 0, m_encoder.config().prefixTokens(), seen.gridHeight, seen.gridWidth, m_encoder.config().patch});
    for (AttentionRecord& block : encoded.trace.blocks) {
        block.tower = "vision";
        block.queryStream = block.keyStream = stream;
        result.trace.blocks.push_back(std::move(block));
    }
    if (options.keep.hidden) result.trace.hidden["vision"] = std::move(encoded.trace.hidden[""]);
    if (m_pool) {
        AttentionRecord record;
        record.tower = "vision";
        record.queryStream = record.keyStream = stream;
        seen.pooled = m_pool->pool(seen.normed, m_encoder.config().heads, result.outputs["vision.head_attentions"],
                                   &record, options.maps);
        if (options.keep.attention) result.trace.blocks.push_back(std::move(record));
    } else {
        seen.pooled = seen.normed.select(1, 0);
    }
    return seen;
}

void VisionTower::appendFacts(ModelFacts& facts) const
{
    const VitConfig& config = m_encoder.config();
    const ModelFacts alone = factsFrom(config);
    facts.patch = alone.patch;
    facts.channels = alone.channels;
    facts.imageHeight = alone.imageHeight;
    facts.imageWidth = alone.imageWidth;
    facts.prefixTokens = alone.prefixTokens;
    for (BlockFacts block : alone.blocks) {
        block.tower = "vision";
        facts.blocks.push_back(block);
    }
    if (m_pool) facts.blocks.push_back({0, int(config.heads), int(config.width), "vision", AttentionKind::Pool, 0});
}

} // namespace headlens
