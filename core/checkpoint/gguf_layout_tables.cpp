// SPDX-License-Identifier: GPL-3.0-or-later
// The names of GGUF and those of Hugging Face, as llama.cpp's converter maps them (gguf-py, tensor_mapping.py).
#include "core/checkpoint/gguf_layout.h"

#include <algorithm>
#include <array>
#include <optional>

namespace headlens {
namespace {

constexpr std::array kLlamaNames = std::to_array<Rename>({
    {"token_embd.weight", "model.embed_tokens.weight"},
    {"output_norm.*", "model.norm.*"},
    {"output.*", "lm_head.*"},
    {"blk.#.*", "model.layers.$1.*"},
});

constexpr std::array kPhiNames = std::to_array<Rename>({
    {"token_embd.weight", "model.embed_tokens.weight"},
    {"output_norm.*", "model.final_layernorm.*"},
    {"output.*", "lm_head.*"},
    {"blk.#.*", "model.layers.$1.*"},
});

constexpr std::array kNeoXNames = std::to_array<Rename>({
    {"token_embd.weight", "gpt_neox.embed_in.weight"},
    {"output_norm.*", "gpt_neox.final_layer_norm.*"},
    {"output.*", "embed_out.*"},
    {"blk.#.*", "gpt_neox.layers.$1.*"},
});

constexpr std::array kMixtralParts = std::to_array<Rename>({
    {"ffn_gate_inp.*", "block_sparse_moe.gate.*"},
    {"ffn_gate_exps.*", "block_sparse_moe.experts.%.w1.*"},
    {"ffn_up_exps.*", "block_sparse_moe.experts.%.w3.*"},
    {"ffn_down_exps.*", "block_sparse_moe.experts.%.w2.*"},
    {"ffn_gate.#.*", "block_sparse_moe.experts.$1.w1.*"}, // files of early 2024
    {"ffn_up.#.*", "block_sparse_moe.experts.$1.w3.*"},
    {"ffn_down.#.*", "block_sparse_moe.experts.$1.w2.*"},
});

constexpr std::array kQwenExpertParts = std::to_array<Rename>({
    {"ffn_gate_inp.*", "mlp.gate.*"},
    {"ffn_gate_exps.*", "mlp.experts.%.gate_proj.*"},
    {"ffn_up_exps.*", "mlp.experts.%.up_proj.*"},
    {"ffn_down_exps.*", "mlp.experts.%.down_proj.*"},
    {"ffn_gate_inp_shexp.*", "mlp.shared_expert_gate.*"},
    {"ffn_gate_shexp.*", "mlp.shared_expert.gate_proj.*"},
    {"ffn_up_shexp.*", "mlp.shared_expert.up_proj.*"},
    {"ffn_down_shexp.*", "mlp.shared_expert.down_proj.*"},
});

constexpr std::array kFourNormParts = std::to_array<Rename>({
    {"ffn_norm.*", "pre_feedforward_layernorm.*"},
    {"post_attention_norm.*", "post_attention_layernorm.*"},
    {"post_ffw_norm.*", "post_feedforward_layernorm.*"},
});

constexpr std::array kPhi3Parts = std::to_array<Rename>({
    {"attn_qkv.*", "self_attn.qkv_proj.*"},
    {"ffn_up.*", "mlp.gate_up_proj.*"},
});

constexpr std::array kPhiParts = std::to_array<Rename>({
    {"attn_output.*", "self_attn.dense.*"},
    {"ffn_up.*", "mlp.fc1.*"},
    {"ffn_down.*", "mlp.fc2.*"},
});

constexpr std::array kNeoXParts = std::to_array<Rename>({
    {"attn_qkv.*", "attention.query_key_value.*"},
    {"attn_output.*", "attention.dense.*"},
    {"ffn_up.*", "mlp.dense_h_to_4h.*"},
    {"ffn_down.*", "mlp.dense_4h_to_h.*"},
});

constexpr std::array kStableLmParts = std::to_array<Rename>({
    {"attn_q_norm.*", "self_attn.q_layernorm.norms.%.*"},
    {"attn_k_norm.*", "self_attn.k_layernorm.norms.%.*"},
});

// Gemma's norms are stored as 1 + w: the whole factor.
constexpr std::array kArchitectures = std::to_array<GgufArchitecture>({
    {"llama", "llama", R"({"hidden_act":"silu"})", kLlamaNames, {}, RowOrder::Pairs},
    {"llama", "mistral", R"({"hidden_act":"silu"})", kLlamaNames, {}, RowOrder::Pairs},
    {"llama", "mixtral", R"({"hidden_act":"silu","sliding_window":null})", kLlamaNames, kMixtralParts, RowOrder::Pairs},
    {"qwen2", "qwen2", R"({"hidden_act":"silu","use_sliding_window":false})", kLlamaNames, {}},
    {"qwen2moe", "qwen2_moe",
     R"({"hidden_act":"silu","use_sliding_window":false,"norm_topk_prob":false,"decoder_sparse_step":1})", kLlamaNames,
     kQwenExpertParts},
    {"qwen3", "qwen3", R"({"hidden_act":"silu","use_sliding_window":false})", kLlamaNames, {}},
    {"qwen3moe", "qwen3_moe",
     R"({"hidden_act":"silu","use_sliding_window":false,"norm_topk_prob":true,"decoder_sparse_step":1})", kLlamaNames,
     kQwenExpertParts},
    {"gemma",
     "gemma",
     R"({"hidden_act":"gelu_pytorch_tanh","hidden_activation":"gelu_pytorch_tanh","norms_about_one":false})",
     kLlamaNames,
     {}},
    {"gemma2", "gemma2",
     R"({"hidden_activation":"gelu_pytorch_tanh","norms_about_one":false,"sliding_window":4096,)"
     R"("attn_logit_softcapping":50,"final_logit_softcapping":30})",
     kLlamaNames, kFourNormParts},
    {"gemma3", "gemma3_text",
     R"({"hidden_activation":"gelu_pytorch_tanh","norms_about_one":false,"sliding_window_pattern":6,)"
     R"("rope_local_base_freq":10000,"attn_logit_softcapping":null,"final_logit_softcapping":null})",
     kLlamaNames, kFourNormParts},
    {"phi3", "phi3", R"({"hidden_act":"silu","sliding_window":null})", kLlamaNames, kPhi3Parts},
    {"phi2", "phi", R"({"hidden_act":"gelu_new"})", kPhiNames, kPhiParts},
    {"gptneox", "gpt_neox", R"({"hidden_act":"gelu","use_parallel_residual":true})", kNeoXNames, kNeoXParts,
     RowOrder::Parts},
    {"stablelm", "stablelm", R"({"hidden_act":"silu","use_parallel_residual":false})", kLlamaNames, kStableLmParts},
    {"olmo2", "olmo2", R"({"hidden_act":"silu"})", kLlamaNames, kFourNormParts},
});

// Which of those that the converter calls "llama".
std::string_view kindOfLlama(const GgufSettings& settings)
{
    if (settings.integer("llama.expert_count").value_or(0) > 0) return "mixtral";
    return settings.integer("llama.attention.sliding_window").value_or(0) > 0 ? "mistral" : "llama";
}

} // namespace

const GgufArchitecture* ggufArchitectureOf(const GgufSettings& settings)
{
    const std::string name = settings.text("general.architecture").value_or("");
    const auto* hit = name == "llama"
                          ? std::ranges::find(kArchitectures, kindOfLlama(settings), &GgufArchitecture::modelType)
                          : std::ranges::find(kArchitectures, std::string_view(name), &GgufArchitecture::name);
    return hit == kArchitectures.end() ? nullptr : hit;
}

} // namespace headlens
