// SPDX-License-Identifier: GPL-3.0-or-later
// The names of Llama's tensors, which nearly all language models of today took over, alone and with experts.
#pragma once

#include "core/checkpoint/layouts.h"

#include <array>

namespace headlens {

// A tensor of the first layer that all of them have and nobody else.
inline constexpr std::string_view kDecoderAnchor = "layers.0.self_attn.o_proj.weight";

// Beside the decoder of a model that sees stands its tower, whose module has had several names.
inline constexpr std::array kDecoderNames = std::to_array<Rename>({
    {"embed_tokens.weight", "text.embeddings.tokens"},
    {"layers.#.*", "text.layer.$1.*"},
    {"norm.*", "text.norm.*"},
    // Idefics.
    {"embed_tokens.additional_embedding.weight", "text.embeddings.tokens.more"},
    {"lm_head.additional_fc.weight", "lm_head.weight.more"},
    {"perceiver_resampler.latents", "resampler.latents"},
    {"perceiver_resampler.blocks.#.0.context_layer_norm.*", "resampler.layer.$1.media_norm.*"},
    {"perceiver_resampler.blocks.#.0.latents_layer_norm.*", "resampler.layer.$1.latent_norm.*"},
    {"perceiver_resampler.blocks.#.0.q_proj.*", "resampler.layer.$1.query.*"},
    {"perceiver_resampler.blocks.#.0.k_proj.*", "resampler.layer.$1.key.*"},
    {"perceiver_resampler.blocks.#.0.v_proj.*", "resampler.layer.$1.value.*"},
    {"perceiver_resampler.blocks.#.0.output_proj.*", "resampler.layer.$1.output.*"},
    {"perceiver_resampler.blocks.#.0.q_layer_norm.*", "resampler.layer.$1.query_norm.*"},
    {"perceiver_resampler.blocks.#.0.k_layer_norm.*", "resampler.layer.$1.key_norm.*"},
    {"perceiver_resampler.blocks.#.1.ln.*", "resampler.layer.$1.mlp_norm.*"},
    {"perceiver_resampler.blocks.#.1.fc.*", "resampler.layer.$1.up.*"},
    {"perceiver_resampler.blocks.#.1.c_proj.*", "resampler.layer.$1.down.*"},
    {"perceiver_resampler.layer_norm.*", "resampler.norm.*"},
    {"gated_cross_attn_layers.#.input_layernorm.*", "gated.layer.$1.norm.*"},
    {"gated_cross_attn_layers.#.cross_attn.q_proj.*", "gated.layer.$1.query.*"},
    {"gated_cross_attn_layers.#.cross_attn.k_proj.*", "gated.layer.$1.key.*"},
    {"gated_cross_attn_layers.#.cross_attn.v_proj.*", "gated.layer.$1.value.*"},
    {"gated_cross_attn_layers.#.cross_attn.o_proj.*", "gated.layer.$1.output.*"},
    {"gated_cross_attn_layers.#.cross_attn.q_layer_norm.*", "gated.layer.$1.query_norm.*"},
    {"gated_cross_attn_layers.#.cross_attn.k_layer_norm.*", "gated.layer.$1.key_norm.*"},
    {"gated_cross_attn_layers.#.cross_attn.rotary_emb.inv_freq", "position_ids"},
    {"gated_cross_attn_layers.#.post_attention_layernorm.*", "gated.layer.$1.mlp_norm.*"},
    {"gated_cross_attn_layers.#.mlp.gate_proj.*", "gated.layer.$1.gate.*"},
    {"gated_cross_attn_layers.#.mlp.up_proj.*", "gated.layer.$1.up.*"},
    {"gated_cross_attn_layers.#.mlp.down_proj.*", "gated.layer.$1.down.*"},
    {"gated_cross_attn_layers.#.alpha_cross_attn", "gated.layer.$1.attention_gate"},
    {"gated_cross_attn_layers.#.alpha_dense", "gated.layer.$1.mlp_gate"},
    // Qwen2-VL and 2.5-VL.
    {"visual.patch_embed.proj.weight", "vision.patch.weight"},
    {"visual.blocks.#.norm1.*", "vision.layer.$1.self.norm.*"},
    {"visual.blocks.#.attn.qkv.*", "vision.layer.$1.self.qkv.*"},
    {"visual.blocks.#.attn.proj.*", "vision.layer.$1.self.output.*"},
    {"visual.blocks.#.norm2.*", "vision.layer.$1.mlp.norm.*"},
    {"visual.blocks.#.mlp.fc1.*", "vision.layer.$1.mlp.up.*"},
    {"visual.blocks.#.mlp.fc2.*", "vision.layer.$1.mlp.down.*"},
    {"visual.blocks.#.mlp.gate_proj.*", "vision.layer.$1.mlp.gate.*"},
    {"visual.blocks.#.mlp.up_proj.*", "vision.layer.$1.mlp.up.*"},
    {"visual.blocks.#.mlp.down_proj.*", "vision.layer.$1.mlp.down.*"},
    {"visual.merger.ln_q.*", "vision.merger.norm.*"},
    {"visual.merger.mlp.0.*", "vision.merger.up.*"},
    {"visual.merger.mlp.2.*", "vision.merger.down.*"},
    {"vision_model.*", "vision_tower.vision_model.*"},                       // SmolVLM; renamed twice: now as below
    {"vision_tower.embeddings.*", "vision_tower.vision_model.embeddings.*"}, // transformers 5
    {"vision_tower.encoder.*", "vision_tower.vision_model.encoder.*"},
    {"vision_tower.pre_layrnorm.*", "vision_tower.vision_model.pre_layrnorm.*"},
    {"vision_tower.post_layernorm.*", "vision_tower.vision_model.post_layernorm.*"},
    {"vision_tower.vision_model.embeddings.class_embedding", "vision.embeddings.cls_token"},
    {"vision_tower.vision_model.embeddings.patch_embedding.*", "vision.embeddings.patch_embeddings.projection.*"},
    {"vision_tower.vision_model.embeddings.position_embedding.weight", "vision.embeddings.position_embeddings"},
    {"vision_tower.vision_model.pre_layrnorm.*", "vision.embeddings.norm_pre.*"},
    {"vision_tower.vision_model.post_layernorm.*", "vision.layernorm.*"},
    {"vision_tower.vision_model.encoder.layers.#.self_attn.q_proj.*",
     "vision.encoder.layer.$1.attention.attention.query.*"},
    {"vision_tower.vision_model.encoder.layers.#.self_attn.k_proj.*",
     "vision.encoder.layer.$1.attention.attention.key.*"},
    {"vision_tower.vision_model.encoder.layers.#.self_attn.v_proj.*",
     "vision.encoder.layer.$1.attention.attention.value.*"},
    {"vision_tower.vision_model.encoder.layers.#.self_attn.out_proj.*",
     "vision.encoder.layer.$1.attention.output.dense.*"},
    {"vision_tower.vision_model.encoder.layers.#.layer_norm1.*", "vision.encoder.layer.$1.layernorm_before.*"},
    {"vision_tower.vision_model.encoder.layers.#.layer_norm2.*", "vision.encoder.layer.$1.layernorm_after.*"},
    {"vision_tower.vision_model.encoder.layers.#.mlp.fc1.*", "vision.encoder.layer.$1.intermediate.dense.*"},
    {"vision_tower.vision_model.encoder.layers.#.mlp.fc2.*", "vision.encoder.layer.$1.output.dense.*"},
});

inline constexpr std::array kDecoderBlock = std::to_array<Rename>({
    {"input_layernorm.*", "self.norm.*"},
    {"self_attn.q_proj.*", "self.query.*"},
    {"self_attn.k_proj.*", "self.key.*"},
    {"self_attn.v_proj.*", "self.value.*"},
    {"self_attn.qkv_proj.*", "self.reading.*"}, // Phi-3
    {"self_attn.o_proj.*", "self.output.*"},
    {"self_attn.q_norm.*", "self.query_norm.*"},
    {"self_attn.k_norm.*", "self.key_norm.*"},
    {"self_attn.q_layernorm.norms.#.*", "self.query_norm.$1.*"}, // StableLM 2
    {"self_attn.k_layernorm.norms.#.*", "self.key_norm.$1.*"},
    {"self_attn.rotary_emb.inv_freq", "position_ids"}, // computed anew
    {"post_attention_layernorm.*", "mlp.norm.*"},
    {"mlp.gate_proj.*", "mlp.gate.*"},
    {"mlp.up_proj.*", "mlp.up.*"},
    {"mlp.gate_up_proj.*", "mlp.gated.*"}, // Phi-3
    {"mlp.down_proj.*", "mlp.down.*"},
    // Experts of Qwen and of Mixtral.
    {"mlp.experts.gate_up_proj", "mlp.experts.gated"}, // all of them, as transformers 5 holds them
    {"mlp.experts.down_proj", "mlp.experts.down"},
    {"mlp.gate.weight", "mlp.router.weight"},
    {"mlp.experts.#.gate_proj.*", "mlp.expert.$1.gate.*"},
    {"mlp.experts.#.up_proj.*", "mlp.expert.$1.up.*"},
    {"mlp.experts.#.down_proj.*", "mlp.expert.$1.down.*"},
    {"mlp.shared_expert.gate_proj.*", "mlp.shared.gate.*"},
    {"mlp.shared_expert.up_proj.*", "mlp.shared.up.*"},
    {"mlp.shared_expert.down_proj.*", "mlp.shared.down.*"},
    {"mlp.shared_expert_gate.*", "mlp.shared_gate.*"},
    {"block_sparse_moe.gate.*", "mlp.router.*"},
    {"block_sparse_moe.experts.#.w1.*", "mlp.expert.$1.gate.*"},
    {"block_sparse_moe.experts.#.w3.*", "mlp.expert.$1.up.*"},
    {"block_sparse_moe.experts.#.w2.*", "mlp.expert.$1.down.*"},
});

// Where the norm behind attention is one of what attention adds (OLMo 2, Gemma 2 and 3).
inline constexpr std::array kOutputNormBlock = std::to_array<Rename>({
    {"input_layernorm.*", "self.norm.*"},
    {"self_attn.q_proj.*", "self.query.*"},
    {"self_attn.k_proj.*", "self.key.*"},
    {"self_attn.v_proj.*", "self.value.*"},
    {"self_attn.o_proj.*", "self.output.*"},
    {"self_attn.q_norm.*", "self.query_norm.*"},
    {"self_attn.k_norm.*", "self.key_norm.*"},
    {"self_attn.rotary_emb.inv_freq", "position_ids"},
    {"post_attention_layernorm.*", "self.output_norm.*"},
    {"pre_feedforward_layernorm.*", "mlp.norm.*"},
    {"post_feedforward_layernorm.*", "mlp.output_norm.*"},
    {"mlp.gate_proj.*", "mlp.gate.*"},
    {"mlp.up_proj.*", "mlp.up.*"},
    {"mlp.down_proj.*", "mlp.down.*"},
});

inline constexpr LayoutTable kDecoderLayout{
    "Hugging Face", kDecoderAnchor, kDecoderNames, kDecoderBlock, {}, "layers.0.post_feedforward_layernorm.weight"};

inline constexpr LayoutTable kOutputNormLayout{
    "Hugging Face", "layers.0.post_feedforward_layernorm.weight", kDecoderNames, kOutputNormBlock, {}};

} // namespace headlens
