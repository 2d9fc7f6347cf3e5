// SPDX-License-Identifier: GPL-3.0-or-later
// The names of every layout, read in the public implementations.
#include "core/checkpoint/layouts.h"

#include <algorithm>
#include <array>

namespace headlens {
namespace {

// Hugging Face: ViT, DeiT, DINO v1 and Swin are the canonical names themselves.
constexpr std::array kHuggingFace = std::to_array<Rename>({
    {"encoder.layer.#.norm1.*", "encoder.layer.$1.layernorm_before.*"}, // DINOv2
    {"encoder.layer.#.norm2.*", "encoder.layer.$1.layernorm_after.*"},
    {"encoder.layer.#.mlp.fc1.*", "encoder.layer.$1.intermediate.dense.*"},
    {"encoder.layer.#.mlp.fc2.*", "encoder.layer.$1.output.dense.*"},
    {"encoder.layer.#.mlp.weights_in.*", "encoder.layer.$1.gate_up.*"},
    {"encoder.layer.#.mlp.weights_out.*", "encoder.layer.$1.output.dense.*"},
    {"encoder.layer.#.layer_scale#.lambda1", "encoder.layer.$1.layer_scale$2"},
    {"encoder.layer.#.lambda_#", "encoder.layer.$1.layer_scale$2"}, // BEiT
    {"encoder.layer.#.attention.attention.relative_position_bias.relative_position_bias_table",
     "encoder.layer.$1.relative_position_bias_table"},
    {"encoder.relative_position_bias.relative_position_bias_table", "encoder.relative_position_bias_table"},
    {"decoder.decoder_layers.#.*", "decoder.layer.$1.*"},        // MAE
    {"decoder.decoder_encoder.layer.#.*", "decoder.layer.$1.*"}, // the same, written by transformers 5
});

// Hugging Face DINOv3.
constexpr std::array kDino3 = std::to_array<Rename>({
    {"layer.#.norm1.*", "encoder.layer.$1.layernorm_before.*"},
    {"layer.#.norm2.*", "encoder.layer.$1.layernorm_after.*"},
    {"layer.#.attention.q_proj.*", "encoder.layer.$1.attention.attention.query.*"},
    {"layer.#.attention.k_proj.*", "encoder.layer.$1.attention.attention.key.*"},
    {"layer.#.attention.v_proj.*", "encoder.layer.$1.attention.attention.value.*"},
    {"layer.#.attention.o_proj.*", "encoder.layer.$1.attention.output.dense.*"},
    {"layer.#.layer_scale#.lambda1", "encoder.layer.$1.layer_scale$2"},
    {"layer.#.mlp.gate_proj.*", "encoder.layer.$1.gate.*"},
    {"layer.#.mlp.up_proj.*", "encoder.layer.$1.intermediate.dense.*"},
    {"layer.#.mlp.down_proj.*", "encoder.layer.$1.output.dense.*"},
    {"layer.#.*", "encoder.layer.$1.*"}, // parts of another network
    {"embeddings.patch_embeddings.weight", "embeddings.patch_embeddings.projection.weight"},
    {"embeddings.patch_embeddings.bias", "embeddings.patch_embeddings.projection.bias"},
    {"norm.*", "layernorm.*"},
});

// What transformers 5 calls the weights in memory, so what torch.save(model.state_dict()) writes: ViT, DeiT, BEiT; the
// blocks of DINOv2, too.
constexpr std::array kHuggingFace5 = std::to_array<Rename>({
    {"layers.#.*", "encoder.layer.$1.*"},
    {"shared_position_bias.relative_position_bias_table", "encoder.relative_position_bias_table"}, // BEiT
    {"relative_position_bias.relative_position_bias_table", "encoder.relative_position_bias_table"},
    {"decoder.decoder_layers.#.*", "decoder.layer.$1.*"}, // MAE
});

constexpr std::array kHuggingFace5Block = std::to_array<Rename>({
    {"attention.q_proj.*", "attention.attention.query.*"},
    {"attention.k_proj.*", "attention.attention.key.*"},
    {"attention.v_proj.*", "attention.attention.value.*"},
    {"attention.o_proj.*", "attention.output.dense.*"},
    {"mlp.fc1.*", "intermediate.dense.*"},
    {"mlp.fc2.*", "output.dense.*"},
    {"mlp.gate_proj.*", "gate.*"}, // DINOv2
    {"mlp.up_proj.*", "intermediate.dense.*"},
    {"mlp.down_proj.*", "output.dense.*"},
    {"lambda_#", "layer_scale$1"}, // BEiT
    {"relative_position_bias.relative_position_bias_table", "relative_position_bias_table"},
});

constexpr std::array kHuggingFace5SwinBlock = std::to_array<Rename>({
    {"attention.q_proj.*", "attention.self.query.*"},
    {"attention.k_proj.*", "attention.self.key.*"},
    {"attention.v_proj.*", "attention.self.value.*"},
    {"attention.o_proj.*", "attention.output.dense.*"},
    {"attention.relative_position_bias.*", "attention.self.*"},
    {"mlp.fc1.*", "intermediate.dense.*"},
    {"mlp.fc2.*", "output.dense.*"},
});

// timm and facebookresearch: ViT, DeiT, DINO v1 to v3, BEiT, MAE.
constexpr std::array kTimmVit = std::to_array<Rename>({
    {"blocks.#.#.*", "blocks.$2.*"}, // chunks of DINOv2's training: the second number counts through
    {"blocks.#.*", "encoder.layer.$1.*"},
    {"decoder_blocks.#.*", "decoder.layer.$1.*"},
    {"decoder_embed.*", "decoder.decoder_embed.*"},
    {"decoder_pos_embed", "decoder.decoder_pos_embed"},
    {"decoder_norm.*", "decoder.decoder_norm.*"},
    {"decoder_pred.*", "decoder.decoder_pred.*"},
    {"cls_token", "embeddings.cls_token"},
    {"dist_token", "embeddings.distillation_token"},
    {"reg_token", "embeddings.register_tokens"},
    {"register_tokens", "embeddings.register_tokens"},
    {"storage_tokens", "embeddings.register_tokens"},
    {"mask_token", "embeddings.mask_token"},
    {"pos_embed", "embeddings.position_embeddings"},
    {"patch_embed.proj.*", "embeddings.patch_embeddings.projection.*"},
    {"norm_pre.*", "embeddings.norm_pre.*"},
    {"rel_pos_bias.relative_position_bias_table", "encoder.relative_position_bias_table"},
    {"rope_embed.periods", "embeddings.rope_periods"},
    {"norm.*", "layernorm.*"},
    {"fc_norm.*", "pooler.layernorm.*"},
    {"head_dist.*", "distillation_classifier.*"},
    {"head.*", "classifier.*"},
});

// Parts of one block, shared by timm's and facebook's ViT and by every Swin that is not Hugging Face's.
constexpr std::array kTimmBlock = std::to_array<Rename>({
    {"norm1.*", "layernorm_before.*"},
    {"norm2.*", "layernorm_after.*"},
    {"attn.qkv.*", "attention.attention.qkv.*"},
    {"attn.q_bias", "attention.attention.query.bias"},
    {"attn.k_bias", "attention.attention.key.bias"},
    {"attn.v_bias", "attention.attention.value.bias"},
    {"attn.q_norm.*", "attention.query_norm.*"},
    {"attn.k_norm.*", "attention.key_norm.*"},
    {"attn.proj.*", "attention.output.dense.*"},
    {"attn.relative_position_bias_table", "relative_position_bias_table"},
    {"ls#.gamma", "layer_scale$1"},
    {"gamma_#", "layer_scale$1"},
    {"mlp.fc1.*", "intermediate.dense.*"},
    {"mlp.fc2.*", "output.dense.*"},
    {"mlp.fc1_g.*", "gate.*"},
    {"mlp.fc1_x.*", "intermediate.dense.*"},
    {"mlp.w12.*", "gate_up.*"},
    {"mlp.w1.*", "gate.*"},
    {"mlp.w2.*", "intermediate.dense.*"},
    {"mlp.w3.*", "output.dense.*"},
});

constexpr std::array kTorchvisionVit = std::to_array<Rename>({
    {"class_token", "embeddings.cls_token"},
    {"conv_proj.*", "embeddings.patch_embeddings.projection.*"},
    {"encoder.pos_embedding", "embeddings.position_embeddings"},
    {"encoder.layers.encoder_layer_#.ln_1.*", "encoder.layer.$1.layernorm_before.*"},
    {"encoder.layers.encoder_layer_#.ln_2.*", "encoder.layer.$1.layernorm_after.*"},
    {"encoder.layers.encoder_layer_#.self_attention.in_proj_weight", "encoder.layer.$1.attention.attention.qkv.weight"},
    {"encoder.layers.encoder_layer_#.self_attention.in_proj_bias", "encoder.layer.$1.attention.attention.qkv.bias"},
    {"encoder.layers.encoder_layer_#.self_attention.out_proj.*", "encoder.layer.$1.attention.output.dense.*"},
    {"encoder.layers.encoder_layer_#.mlp.0.*", "encoder.layer.$1.intermediate.dense.*"},
    {"encoder.layers.encoder_layer_#.mlp.3.*", "encoder.layer.$1.output.dense.*"},
    {"encoder.layers.encoder_layer_#.mlp.linear_1.*", "encoder.layer.$1.intermediate.dense.*"}, // the published files
    {"encoder.layers.encoder_layer_#.mlp.linear_2.*", "encoder.layer.$1.output.dense.*"},
    {"encoder.ln.*", "layernorm.*"},
    {"heads.pre_logits.*", "pre_logits.fc.*"},
    {"heads.head.*", "classifier.*"},
});

// timm before 0.9 and Microsoft; newer timm merges at the beginning of a stage instead of the end of the one before.
constexpr std::array kSwin = std::to_array<Rename>({
    {"layers.#.blocks.#.*", "encoder.layers.$1.blocks.$2.*"},
    {"layers.#.downsample.*", "encoder.layers.$1.downsample.*"},
    {"patch_embed.proj.*", "embeddings.patch_embeddings.projection.*"},
    {"patch_embed.norm.*", "embeddings.norm.*"},
    {"absolute_pos_embed", "embeddings.position_embeddings"},
    {"norm.*", "layernorm.*"},
    {"head.fc.*", "classifier.*"},
    {"head.*", "classifier.*"},
});

constexpr std::array kSwinNewTimm = std::to_array<Rename>({
    {"layers.#.downsample.*", "encoder.layers.$1-.downsample.*"},
});

constexpr std::array kSwinBlock = std::to_array<Rename>({
    {"norm1.*", "layernorm_before.*"},
    {"norm2.*", "layernorm_after.*"},
    {"attn.qkv.*", "attention.self.qkv.*"},
    {"attn.q_bias", "attention.self.query.bias"},
    {"attn.v_bias", "attention.self.value.bias"},
    {"attn.proj.*", "attention.output.dense.*"},
    {"attn.cpb_mlp.*", "attention.self.continuous_position_bias_mlp.*"},
    {"attn.*", "attention.self.*"},
    {"attn_mask", "attention_mask"},
    {"mlp.fc1.*", "intermediate.dense.*"},
    {"mlp.fc2.*", "output.dense.*"},
    {"mlp.0.*", "intermediate.dense.*"}, // torchvision
    {"mlp.3.*", "output.dense.*"},
});

constexpr std::array kTorchvisionSwin = std::to_array<Rename>({
    {"features.0.0.*", "embeddings.patch_embeddings.projection.*"},
    {"features.0.2.*", "embeddings.norm.*"},
    {"features.1.#.*", "encoder.layers.0.blocks.$1.*"},
    {"features.3.#.*", "encoder.layers.1.blocks.$1.*"},
    {"features.5.#.*", "encoder.layers.2.blocks.$1.*"},
    {"features.7.#.*", "encoder.layers.3.blocks.$1.*"},
    {"features.9.#.*", "encoder.layers.4.blocks.$1.*"},
    {"features.2.*", "encoder.layers.0.downsample.*"},
    {"features.4.*", "encoder.layers.1.downsample.*"},
    {"features.6.*", "encoder.layers.2.downsample.*"},
    {"features.8.*", "encoder.layers.3.downsample.*"},
    {"norm.*", "layernorm.*"},
    {"head.*", "classifier.*"},
});

// Google's ViT and big_vision: weights of Flax in .npz. The numbers behind the modules count them as they were made.
constexpr std::array kFlax = std::to_array<Rename>({
    {"Transformer.encoderblock_#.*", "encoder.layer.$1.*"},
    {"Transformer.encoder_norm.scale", "layernorm.weight"},
    {"Transformer.encoder_norm.bias", "layernorm.bias"},
    {"Transformer.posembed_input.pos_embedding", "embeddings.position_embeddings"},
    {"pos_embedding", "embeddings.position_embeddings"},
    {"cls", "embeddings.cls_token"},
    {"embedding.kernel", "embeddings.patch_embeddings.projection.weight^"},
    {"embedding.bias", "embeddings.patch_embeddings.projection.bias"},
    {"MAPHead_0.probe", "attn_pool.latent"}, // big_vision's pooling by attention
    {"MAPHead_0.LayerNorm_0.scale", "attn_pool.norm.weight"},
    {"MAPHead_0.LayerNorm_0.bias", "attn_pool.norm.bias"},
    {"MAPHead_0.MultiHeadDotProductAttention_0.query.kernel", "attn_pool.q.weight^"},
    {"MAPHead_0.MultiHeadDotProductAttention_0.query.bias", "attn_pool.q.bias^"},
    {"MAPHead_0.MultiHeadDotProductAttention_0.key.kernel", "attn_pool.k.weight^"},
    {"MAPHead_0.MultiHeadDotProductAttention_0.key.bias", "attn_pool.k.bias^"},
    {"MAPHead_0.MultiHeadDotProductAttention_0.value.kernel", "attn_pool.v.weight^"},
    {"MAPHead_0.MultiHeadDotProductAttention_0.value.bias", "attn_pool.v.bias^"},
    {"MAPHead_0.MultiHeadDotProductAttention_0.out.kernel", "attn_pool.proj.weight^"},
    {"MAPHead_0.MultiHeadDotProductAttention_0.out.bias", "attn_pool.proj.bias"},
    {"MAPHead_0.MlpBlock_0.Dense_0.kernel", "attn_pool.mlp.fc1.weight^"},
    {"MAPHead_0.MlpBlock_0.Dense_0.bias", "attn_pool.mlp.fc1.bias"},
    {"MAPHead_0.MlpBlock_0.Dense_1.kernel", "attn_pool.mlp.fc2.weight^"},
    {"MAPHead_0.MlpBlock_0.Dense_1.bias", "attn_pool.mlp.fc2.bias"},
    {"pre_logits.kernel", "pre_logits.fc.weight^"},
    {"pre_logits.bias", "pre_logits.fc.bias"},
    {"head.kernel", "classifier.weight^"},
    {"head.bias", "classifier.bias"},
});

constexpr std::array kFlaxBlock = std::to_array<Rename>({
    {"LayerNorm_0.scale", "layernorm_before.weight"},
    {"LayerNorm_0.bias", "layernorm_before.bias"},
    {"LayerNorm_#.scale", "layernorm_after.weight"},
    {"LayerNorm_#.bias", "layernorm_after.bias"},
    {"MultiHeadDotProductAttention_#.out.kernel", "attention.output.dense.weight^"},
    {"MultiHeadDotProductAttention_#.out.bias", "attention.output.dense.bias"},
    {"MultiHeadDotProductAttention_#.query.kernel", "attention.attention.query.weight^"},
    {"MultiHeadDotProductAttention_#.query.bias", "attention.attention.query.bias^"},
    {"MultiHeadDotProductAttention_#.key.kernel", "attention.attention.key.weight^"},
    {"MultiHeadDotProductAttention_#.key.bias", "attention.attention.key.bias^"},
    {"MultiHeadDotProductAttention_#.value.kernel", "attention.attention.value.weight^"},
    {"MultiHeadDotProductAttention_#.value.bias", "attention.attention.value.bias^"},
    {"MlpBlock_#.Dense_0.kernel", "intermediate.dense.weight^"},
    {"MlpBlock_#.Dense_0.bias", "intermediate.dense.bias"},
    {"MlpBlock_#.Dense_1.kernel", "output.dense.weight^"},
    {"MlpBlock_#.Dense_1.bias", "output.dense.bias"},
});

// OpenMMLab's ViT (mmpretrain, mmcls before it, mmsegmentation): below "backbone.", its classifier below "head.".
constexpr std::array kOpenMmLab = std::to_array<Rename>({
    {"layers.#.*", "encoder.layer.$1.*"},
    {"cls_token", "embeddings.cls_token"},
    {"dist_token", "embeddings.distillation_token"},
    {"head.layers.head_dist.*", "distillation_classifier.*"},
    {"pos_embed", "embeddings.position_embeddings"},
    {"patch_embed.projection.*", "embeddings.patch_embeddings.projection.*"},
    {"ln1.*", "layernorm.*"},
    {"norm1.*", "layernorm.*"},
    {"pre_norm.*", "embeddings.norm_pre.*"},
    {"head.layers.pre_logits.*", "pre_logits.fc.*"},
    {"head.layers.head.*", "classifier.*"},
    {"head.fc.*", "classifier.*"},
});

constexpr std::array kOpenMmLabBlock = std::to_array<Rename>({
    {"ln1.*", "layernorm_before.*"},
    {"ln2.*", "layernorm_after.*"},
    {"norm1.*", "layernorm_before.*"},
    {"norm2.*", "layernorm_after.*"},
    {"attn.qkv.*", "attention.attention.qkv.*"},
    {"attn.proj.*", "attention.output.dense.*"},
    {"ffn.layers.0.0.*", "intermediate.dense.*"},
    {"ffn.layers.1.*", "output.dense.*"},
});

} // namespace

const std::vector<LayoutTable>& layoutTables()
{
    // In this order: "blocks.0.attn.qkv.weight" is also the end of a Swin's name.
    static const std::vector<LayoutTable> kTables{
        {"Hugging Face", "encoder.layers.0.blocks.0.attention.self.query.weight", {}, {}, {}},
        {"Hugging Face", "encoder.layer.0.attention.attention.query.weight", kHuggingFace, {}, {}},
        {"Hugging Face", "encoder.layers.0.blocks.0.attention.q_proj.weight", {}, kHuggingFace5SwinBlock, {}},
        {"Hugging Face", "encoder.layer.0.attention.q_proj.weight", kHuggingFace, kHuggingFace5Block, {}}, // DINOv2
        {"Hugging Face", "layers.0.attention.q_proj.weight", kHuggingFace5, kHuggingFace5Block, {}},
        {"Hugging Face", "layer.0.attention.q_proj.weight", kDino3, {}, {}},
        {"torchvision", "encoder.layers.encoder_layer_0.self_attention.in_proj_weight", kTorchvisionVit, {}, {}},
        {"torchvision", "features.1.0.attn.qkv.weight", kTorchvisionSwin, kSwinBlock, {}},
        {"timm", "layers.0.blocks.0.attn.qkv.weight", kSwin, kSwinBlock, kSwinNewTimm},
        {"timm", "blocks.0.attn.qkv.weight", kTimmVit, kTimmBlock, {}},
        {"timm", "blocks.0.0.attn.qkv.weight", kTimmVit, kTimmBlock, {}},
        {"Flax", "Transformer.encoderblock_0.MultiHeadDotProductAttention_1.query.kernel", kFlax, kFlaxBlock, {}},
        {"Flax", "Transformer.encoderblock_0.MultiHeadDotProductAttention_0.query.kernel", kFlax, kFlaxBlock, {}},
        {"OpenMMLab", "layers.0.attn.qkv.weight", kOpenMmLab, kOpenMmLabBlock, {}},
    };
    return kTables;
}

bool isBuffer(std::string_view name)
{
    static constexpr std::array<std::string_view, 8> kEndings{
        "relative_position_index", "relative_coords_table", "attn_mask",   "attention_mask", "position_ids",
        "num_batches_tracked",     "qkv.bias_mask",         "rope_periods"};
    return std::ranges::any_of(kEndings, [&](std::string_view ending) { return name.ends_with(ending); });
}

} // namespace headlens
