// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tasks/stack_names.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens {

std::string renamedBy(std::string name, const std::vector<std::pair<std::string, std::string>>& pairs)
{
    for (const auto& [from, to] : pairs)
        if (const std::size_t at = name.find(from); at != std::string::npos) name.replace(at, from.size(), to);
    return name;
}

std::string marianName(const std::string& canonical)
{
    return "model." + renamedBy(canonical, {{".layer.", ".layers."},
                                            {"self.norm", "self_attn_layer_norm"},
                                            {"cross.norm", "encoder_attn_layer_norm"},
                                            {"mlp.norm", "final_layer_norm"},
                                            {"self.query", "self_attn.q_proj"},
                                            {"self.key", "self_attn.k_proj"},
                                            {"self.value", "self_attn.v_proj"},
                                            {"self.output", "self_attn.out_proj"},
                                            {"cross.query", "encoder_attn.q_proj"},
                                            {"cross.key", "encoder_attn.k_proj"},
                                            {"cross.value", "encoder_attn.v_proj"},
                                            {"cross.output", "encoder_attn.out_proj"},
                                            {"mlp.up", "fc1"},
                                            {"mlp.down", "fc2"}});
}

std::string clipTextName(const std::string& canonical)
{
    return renamedBy(canonical, {{"text.norm", "text.final_layer_norm"},
                                 {"text.layer.", "text.encoder.layers."},
                                 {"text.embeddings.tokens", "text.embeddings.token_embedding.weight"},
                                 {"text.embeddings.positions", "text.embeddings.position_embedding.weight"},
                                 {"text.", "text_model."},
                                 {"self.norm", "layer_norm1"},
                                 {"mlp.norm", "layer_norm2"},
                                 {"self.query", "self_attn.q_proj"},
                                 {"self.key", "self_attn.k_proj"},
                                 {"self.value", "self_attn.v_proj"},
                                 {"self.output", "self_attn.out_proj"},
                                 {"mlp.up", "mlp.fc1"},
                                 {"mlp.down", "mlp.fc2"}});
}

std::string clipVisionName(const std::string& canonical)
{
    return "vision_model." +
           renamedBy(canonical, {{"embeddings.cls_token", "embeddings.class_embedding"},
                                 {"embeddings.position_embeddings", "embeddings.position_embedding.weight"},
                                 {"embeddings.patch_embeddings.projection", "embeddings.patch_embedding"},
                                 {"embeddings.norm_pre", "pre_layrnorm"},
                                 {"encoder.layer.", "encoder.layers."},
                                 {"attention.attention.query", "self_attn.q_proj"},
                                 {"attention.attention.key", "self_attn.k_proj"},
                                 {"attention.attention.value", "self_attn.v_proj"},
                                 {"attention.output.dense", "self_attn.out_proj"},
                                 {"layernorm_before", "layer_norm1"},
                                 {"layernorm_after", "layer_norm2"},
                                 {"intermediate.dense", "mlp.fc1"},
                                 {"output.dense", "mlp.fc2"},
                                 {"layernorm.", "post_layernorm."}});
}

at::Tensor byFanIn(const std::vector<std::int64_t>& shape)
{
    if (shape.size() != 2) return {};
    return at::randn(shape).clamp_(-2, 2) / std::sqrt(double(shape[1]));
}

} // namespace headlens
