// SPDX-License-Identifier: GPL-3.0-or-later
// The names of models that read text, alone or beside pictures. Canonical are
// those of core/models/skeletons/stack.h below "text.", "encoder." and "decoder.", and of the ViT below "vision.".
#include "core/checkpoint/layouts.h"

#include <array>

namespace headlens {
namespace {

// Parts of a BERT layer; BLIP's text half has a second attention.
constexpr std::array kBertBlock = std::to_array<Rename>({
    {"attention.self.*", "self.*"},
    {"attention.output.dense.*", "self.output.*"},
    {"attention.output.LayerNorm.*", "self.norm.*"},
    {"crossattention.self.*", "cross.*"},
    {"crossattention.output.dense.*", "cross.output.*"},
    {"crossattention.output.LayerNorm.*", "cross.norm.*"},
    {"intermediate.dense.*", "mlp.up.*"},
    {"output.dense.*", "mlp.down.*"},
    {"output.LayerNorm.*", "mlp.norm.*"},
    // The vision tower beside it.
    {"self_attn.qkv.*", "attention.attention.qkv.*"},
    {"self_attn.projection.*", "attention.output.dense.*"},
    {"layer_norm1.*", "layernorm_before.*"},
    {"layer_norm2.*", "layernorm_after.*"},
    {"mlp.fc1.*", "intermediate.dense.*"},
    {"mlp.fc2.*", "output.dense.*"},
});

constexpr std::array kBert = std::to_array<Rename>({
    {"embeddings.word_embeddings.weight", "text.embeddings.tokens"},
    {"embeddings.position_embeddings.weight", "text.embeddings.positions"},
    {"embeddings.token_type_embeddings.weight", "text.embeddings.segments"},
    {"embeddings.LayerNorm.*", "text.embeddings.norm.*"},
    {"encoder.layer.#.*", "text.layer.$1.*"},
    {"lm_head.dense.*", "cls.predictions.transform.dense.*"}, // RoBERTa
    {"lm_head.layer_norm.*", "cls.predictions.transform.LayerNorm.*"},
    {"lm_head.decoder.*", "cls.predictions.decoder.*"},
    {"lm_head.bias", "cls.predictions.bias"},
});

constexpr std::array kDistilBert = std::to_array<Rename>({
    {"embeddings.word_embeddings.weight", "text.embeddings.tokens"},
    {"embeddings.position_embeddings.weight", "text.embeddings.positions"},
    {"embeddings.LayerNorm.*", "text.embeddings.norm.*"},
    {"transformer.layer.#.*", "text.layer.$1.*"},
    {"vocab_transform.*", "cls.predictions.transform.dense.*"},
    {"vocab_layer_norm.*", "cls.predictions.transform.LayerNorm.*"},
    {"vocab_projector.bias", "cls.predictions.bias"},
    {"vocab_projector.weight", "cls.predictions.decoder.weight"},
});

constexpr std::array kDistilBertBlock = std::to_array<Rename>({
    {"attention.q_lin.*", "self.query.*"},
    {"attention.k_lin.*", "self.key.*"},
    {"attention.v_lin.*", "self.value.*"},
    {"attention.out_lin.*", "self.output.*"},
    {"sa_layer_norm.*", "self.norm.*"},
    {"ffn.lin1.*", "mlp.up.*"},
    {"ffn.lin2.*", "mlp.down.*"},
    {"output_layer_norm.*", "mlp.norm.*"},
});

constexpr std::array kGpt2 = std::to_array<Rename>({
    {"wte.weight", "text.embeddings.tokens"},
    {"wpe.weight", "text.embeddings.positions"},
    {"h.#.*", "text.layer.$1.*"},
    {"ln_f.*", "text.norm.*"},
});

constexpr std::array kGpt2Block = std::to_array<Rename>({
    {"ln_1.*", "self.norm.*"},
    {"attn.c_attn.weight", "self.qkv.weight^"},
    {"attn.c_attn.bias", "self.qkv.bias"},
    {"attn.c_proj.weight", "self.output.weight^"},
    {"attn.c_proj.bias", "self.output.bias"},
    {"ln_2.*", "mlp.norm.*"},
    {"mlp.c_fc.weight", "mlp.up.weight^"},
    {"mlp.c_fc.bias", "mlp.up.bias"},
    {"mlp.c_proj.weight", "mlp.down.weight^"},
    {"mlp.c_proj.bias", "mlp.down.bias"},
    {"attn.bias", "attn_mask"}, // which tokens come earlier, not a bias
    {"attn.masked_bias", "attn_mask"},
});

constexpr std::array kT5 = std::to_array<Rename>({
    {"encoder.embed_tokens.weight", "encoder.embeddings.tokens"},
    {"decoder.embed_tokens.weight", "decoder.embeddings.tokens"},
    {"encoder.block.#.layer.0.layer_norm.*", "encoder.layer.$1.self.norm.*"},
    {"encoder.block.#.layer.1.layer_norm.*", "encoder.layer.$1.mlp.norm.*"},
    {"decoder.block.#.layer.0.layer_norm.*", "decoder.layer.$1.self.norm.*"},
    {"decoder.block.#.layer.1.layer_norm.*", "decoder.layer.$1.cross.norm.*"},
    {"decoder.block.#.layer.2.layer_norm.*", "decoder.layer.$1.mlp.norm.*"},
    {"encoder.block.#.layer.#.*", "encoder.layer.$1.*"},
    {"decoder.block.#.layer.#.*", "decoder.layer.$1.*"},
    {"encoder.final_layer_norm.*", "encoder.norm.*"},
    {"decoder.final_layer_norm.*", "decoder.norm.*"},
});

constexpr std::array kT5Block = std::to_array<Rename>({
    {"SelfAttention.q.*", "self.query.*"},
    {"SelfAttention.k.*", "self.key.*"},
    {"SelfAttention.v.*", "self.value.*"},
    {"SelfAttention.o.*", "self.output.*"},
    {"SelfAttention.relative_attention_bias.weight", "self.distances"},
    {"EncDecAttention.q.*", "cross.query.*"},
    {"EncDecAttention.k.*", "cross.key.*"},
    {"EncDecAttention.v.*", "cross.value.*"},
    {"EncDecAttention.o.*", "cross.output.*"},
    {"DenseReluDense.wi.*", "mlp.up.*"},
    {"DenseReluDense.wi_0.*", "mlp.gate.*"},
    {"DenseReluDense.wi_1.*", "mlp.up.*"},
    {"DenseReluDense.wo.*", "mlp.down.*"},
});

// BART and Marian.
constexpr std::array kBart = std::to_array<Rename>({
    {"encoder.embed_tokens.weight", "encoder.embeddings.tokens"},
    {"decoder.embed_tokens.weight", "decoder.embeddings.tokens"},
    {"encoder.embed_positions.weight", "encoder.embeddings.positions"},
    {"decoder.embed_positions.weight", "decoder.embeddings.positions"},
    {"encoder.layernorm_embedding.*", "encoder.embeddings.norm.*"},
    {"decoder.layernorm_embedding.*", "decoder.embeddings.norm.*"},
    {"encoder.layers.#.*", "encoder.layer.$1.*"},
    {"decoder.layers.#.*", "decoder.layer.$1.*"},
});

constexpr std::array kBartBlock = std::to_array<Rename>({
    {"self_attn.q_proj.*", "self.query.*"},
    {"self_attn.k_proj.*", "self.key.*"},
    {"self_attn.v_proj.*", "self.value.*"},
    {"self_attn.out_proj.*", "self.output.*"},
    {"self_attn_layer_norm.*", "self.norm.*"},
    {"encoder_attn.q_proj.*", "cross.query.*"},
    {"encoder_attn.k_proj.*", "cross.key.*"},
    {"encoder_attn.v_proj.*", "cross.value.*"},
    {"encoder_attn.out_proj.*", "cross.output.*"},
    {"encoder_attn_layer_norm.*", "cross.norm.*"},
    {"fc1.*", "mlp.up.*"},
    {"fc2.*", "mlp.down.*"},
    {"final_layer_norm.*", "mlp.norm.*"},
});

// CLIP and SigLIP of Hugging Face.
constexpr std::array kClip = std::to_array<Rename>({
    {"text_model.embeddings.token_embedding.weight", "text.embeddings.tokens"},
    {"text_model.embeddings.position_embedding.weight", "text.embeddings.positions"},
    {"text_model.encoder.layers.#.self_attn.q_proj.*", "text.layer.$1.self.query.*"},
    {"text_model.encoder.layers.#.self_attn.k_proj.*", "text.layer.$1.self.key.*"},
    {"text_model.encoder.layers.#.self_attn.v_proj.*", "text.layer.$1.self.value.*"},
    {"text_model.encoder.layers.#.self_attn.out_proj.*", "text.layer.$1.self.output.*"},
    {"text_model.encoder.layers.#.layer_norm1.*", "text.layer.$1.self.norm.*"},
    {"text_model.encoder.layers.#.mlp.fc1.*", "text.layer.$1.mlp.up.*"},
    {"text_model.encoder.layers.#.mlp.fc2.*", "text.layer.$1.mlp.down.*"},
    {"text_model.encoder.layers.#.layer_norm2.*", "text.layer.$1.mlp.norm.*"},
    {"text_model.encoder.layers.#.*", "text.layer.$1.*"}, // parts of another network
    {"text_model.final_layer_norm.*", "text.norm.*"},
    {"text_model.head.*", "text_head.*"},
    {"vision_model.embeddings.class_embedding", "vision.embeddings.cls_token"},
    {"vision_model.embeddings.patch_embedding.*", "vision.embeddings.patch_embeddings.projection.*"},
    {"vision_model.embeddings.position_embedding.weight", "vision.embeddings.position_embeddings"},
    {"vision_model.pre_layrnorm.*", "vision.embeddings.norm_pre.*"},
    {"vision_model.encoder.layers.#.*", "vision.encoder.layer.$1.*"},
    {"vision_model.post_layernorm.*", "vision.layernorm.*"},
    {"vision_model.head.probe", "vision.attn_pool.latent"},
    {"vision_model.head.attention.in_proj_weight", "vision.attn_pool.in.weight"},
    {"vision_model.head.attention.in_proj_bias", "vision.attn_pool.in.bias"},
    {"vision_model.head.attention.out_proj.*", "vision.attn_pool.proj.*"},
    {"vision_model.head.layernorm.*", "vision.attn_pool.norm.*"},
    {"vision_model.head.mlp.*", "vision.attn_pool.mlp.*"},
});

constexpr std::array kClipVisionBlock = std::to_array<Rename>({
    {"self_attn.q_proj.*", "attention.attention.query.*"},
    {"self_attn.k_proj.*", "attention.attention.key.*"},
    {"self_attn.v_proj.*", "attention.attention.value.*"},
    {"self_attn.out_proj.*", "attention.output.dense.*"},
    {"layer_norm1.*", "layernorm_before.*"},
    {"layer_norm2.*", "layernorm_after.*"},
    {"mlp.fc1.*", "intermediate.dense.*"},
    {"mlp.fc2.*", "output.dense.*"},
});

// One tower of CLIP or SigLIP as transformers 5 saves it: without "vision_model." or "text_model.".
constexpr std::array kClipVisionAlone = std::to_array<Rename>({
    {"embeddings.class_embedding", "vision.embeddings.cls_token"},
    {"embeddings.patch_embedding.*", "vision.embeddings.patch_embeddings.projection.*"},
    {"embeddings.position_embedding.weight", "vision.embeddings.position_embeddings"},
    {"pre_layrnorm.*", "vision.embeddings.norm_pre.*"},
    {"encoder.layers.#.*", "vision.encoder.layer.$1.*"},
    {"post_layernorm.*", "vision.layernorm.*"},
    {"head.probe", "vision.attn_pool.latent"},
    {"head.attention.in_proj_weight", "vision.attn_pool.in.weight"},
    {"head.attention.in_proj_bias", "vision.attn_pool.in.bias"},
    {"head.attention.out_proj.*", "vision.attn_pool.proj.*"},
    {"head.layernorm.*", "vision.attn_pool.norm.*"},
    {"head.mlp.*", "vision.attn_pool.mlp.*"},
});

constexpr std::array kClipTextAlone = std::to_array<Rename>({
    {"embeddings.token_embedding.weight", "text.embeddings.tokens"},
    {"embeddings.position_embedding.weight", "text.embeddings.positions"},
    {"encoder.layers.#.*", "text.layer.$1.*"},
    {"final_layer_norm.*", "text.norm.*"},
    {"head.*", "text_head.*"},
});

constexpr std::array kClipTextBlock = std::to_array<Rename>({
    {"self_attn.q_proj.*", "self.query.*"},
    {"self_attn.k_proj.*", "self.key.*"},
    {"self_attn.v_proj.*", "self.value.*"},
    {"self_attn.out_proj.*", "self.output.*"},
    {"layer_norm1.*", "self.norm.*"},
    {"mlp.fc1.*", "mlp.up.*"},
    {"mlp.fc2.*", "mlp.down.*"},
    {"layer_norm2.*", "mlp.norm.*"},
});

// OpenAI and open_clip; open_clip puts "text." before the text half of newer models.
constexpr std::array kOpenAiClip = std::to_array<Rename>({
    {"visual.class_embedding", "vision.embeddings.cls_token"},
    {"visual.positional_embedding", "vision.embeddings.position_embeddings"},
    {"visual.conv1.*", "vision.embeddings.patch_embeddings.projection.*"},
    {"visual.ln_pre.*", "vision.embeddings.norm_pre.*"},
    {"visual.transformer.resblocks.#.attn.in_proj_weight", "vision.encoder.layer.$1.attention.attention.qkv.weight"},
    {"visual.transformer.resblocks.#.attn.in_proj_bias", "vision.encoder.layer.$1.attention.attention.qkv.bias"},
    {"visual.transformer.resblocks.#.attn.out_proj.*", "vision.encoder.layer.$1.attention.output.dense.*"},
    {"visual.transformer.resblocks.#.ln_1.*", "vision.encoder.layer.$1.layernorm_before.*"},
    {"visual.transformer.resblocks.#.ln_2.*", "vision.encoder.layer.$1.layernorm_after.*"},
    {"visual.transformer.resblocks.#.mlp.c_fc.*", "vision.encoder.layer.$1.intermediate.dense.*"},
    {"visual.transformer.resblocks.#.mlp.c_proj.*", "vision.encoder.layer.$1.output.dense.*"},
    {"visual.transformer.resblocks.#.*", "vision.encoder.layer.$1.*"}, // parts of another network
    {"visual.ln_post.*", "vision.layernorm.*"},
    {"visual.proj", "visual_projection.weight^"},
    {"text.transformer.*", "transformer.*"}, // renamed twice: now as below
    {"text.token_embedding.weight", "text.embeddings.tokens"},
    {"text.positional_embedding", "text.embeddings.positions"},
    {"text.ln_final.*", "text.norm.*"},
    {"text.text_projection.weight", "text_projection.weight"},
    {"text.text_projection", "text_projection.weight^"},
    {"token_embedding.weight", "text.embeddings.tokens"},
    {"positional_embedding", "text.embeddings.positions"},
    {"transformer.resblocks.#.attn.in_proj_weight", "text.layer.$1.self.qkv.weight"},
    {"transformer.resblocks.#.attn.in_proj_bias", "text.layer.$1.self.qkv.bias"},
    {"transformer.resblocks.#.attn.out_proj.*", "text.layer.$1.self.output.*"},
    {"transformer.resblocks.#.ln_1.*", "text.layer.$1.self.norm.*"},
    {"transformer.resblocks.#.mlp.c_fc.*", "text.layer.$1.mlp.up.*"},
    {"transformer.resblocks.#.mlp.c_proj.*", "text.layer.$1.mlp.down.*"},
    {"transformer.resblocks.#.ln_2.*", "text.layer.$1.mlp.norm.*"},
    {"transformer.resblocks.#.*", "text.layer.$1.*"},
    {"ln_final.*", "text.norm.*"},
    {"text_projection", "text_projection.weight^"},
});

constexpr std::array kVilt = std::to_array<Rename>({
    {"embeddings.text_embeddings.word_embeddings.weight", "text.embeddings.tokens"},
    {"embeddings.text_embeddings.position_embeddings.weight", "text.embeddings.positions"},
    {"embeddings.text_embeddings.token_type_embeddings.weight", "text.embeddings.segments"},
    {"embeddings.text_embeddings.LayerNorm.*", "text.embeddings.norm.*"},
    {"embeddings.token_type_embeddings.weight", "embeddings.modality"},
    {"encoder.layer.#.*", "text.layer.$1.*"},
    {"layernorm.*", "text.norm.*"},
});

constexpr std::array kViltBlock = std::to_array<Rename>({
    {"attention.attention.*", "self.*"},
    {"attention.output.dense.*", "self.output.*"},
    {"layernorm_before.*", "self.norm.*"},
    {"layernorm_after.*", "mlp.norm.*"},
    {"intermediate.dense.*", "mlp.up.*"},
    {"output.dense.*", "mlp.down.*"},
});

constexpr std::array kBlip = std::to_array<Rename>({
    {"text_encoder.embeddings.word_embeddings.weight", "text.embeddings.tokens"},
    {"text_encoder.embeddings.position_embeddings.weight", "text.embeddings.positions"},
    {"text_encoder.embeddings.LayerNorm.*", "text.embeddings.norm.*"},
    {"text_encoder.encoder.layer.#.*", "text.layer.$1.*"},
    {"text_decoder.bert.embeddings.word_embeddings.weight", "decoder.embeddings.tokens"},
    {"text_decoder.bert.embeddings.position_embeddings.weight", "decoder.embeddings.positions"},
    {"text_decoder.bert.embeddings.LayerNorm.*", "decoder.embeddings.norm.*"},
    {"text_decoder.bert.encoder.layer.#.*", "decoder.layer.$1.*"},
    {"text_decoder.cls.predictions.*", "cls.predictions.*"},
    {"vision_model.embeddings.class_embedding", "vision.embeddings.cls_token"},
    {"vision_model.embeddings.patch_embedding.*", "vision.embeddings.patch_embeddings.projection.*"},
    {"vision_model.embeddings.position_embedding", "vision.embeddings.position_embeddings"},
    {"vision_model.encoder.layers.#.*", "vision.encoder.layer.$1.*"},
    {"vision_model.post_layernorm.*", "vision.layernorm.*"},
});

} // namespace

const std::vector<LayoutTable>& textLayoutTables()
{
    // In this order: BLIP's text halves and its vision tower end like BERT's and CLIP's names.
    static const std::vector<LayoutTable> kTables{
        {"Hugging Face", "text_encoder.encoder.layer.0.crossattention.self.query.weight", kBlip, kBertBlock, {}},
        {"Hugging Face", "text_decoder.bert.encoder.layer.0.crossattention.self.query.weight", kBlip, kBertBlock, {}},
        {"Hugging Face", "vision_model.encoder.layers.0.self_attn.qkv.weight", kBlip, kBertBlock, {}},
        {"OpenAI", "visual.transformer.resblocks.0.attn.in_proj_weight", kOpenAiClip, {}, {}},
        {"Hugging Face", "vision_model.encoder.layers.0.self_attn.q_proj.weight", kClip, kClipVisionBlock, {}},
        {"Hugging Face", "text_model.encoder.layers.0.self_attn.q_proj.weight", kClip, {}, {}},
        {"Hugging Face", "embeddings.patch_embedding.weight", kClipVisionAlone, kClipVisionBlock, {}},
        {"Hugging Face", "embeddings.token_embedding.weight", kClipTextAlone, kClipTextBlock, {}},
        {"Hugging Face", "embeddings.text_embeddings.word_embeddings.weight", kVilt, kViltBlock, {}},
        {"Hugging Face", "encoder.layer.0.attention.self.query.weight", kBert, kBertBlock, {}},
        {"Hugging Face", "transformer.layer.0.attention.q_lin.weight", kDistilBert, kDistilBertBlock, {}},
        {"Hugging Face", "h.0.attn.c_attn.weight", kGpt2, kGpt2Block, {}},
        {"Hugging Face", "encoder.block.0.layer.0.SelfAttention.q.weight", kT5, kT5Block, {}},
        {"Hugging Face", "encoder.layers.0.self_attn.k_proj.weight", kBart, kBartBlock, {}},
    };
    return kTables;
}

} // namespace headlens
