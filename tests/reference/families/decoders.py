# SPDX-License-Identifier: GPL-3.0-or-later
"""transformers' language models of today: one stack of causal blocks, each with its family's habits."""
import transformers as hf

from .case import Case
from .drawn import tokens
from .outputs import outputs_of


def sizes(pick, widths=(8, 16, 12), layers=(2, 1, 3)):
    """What all of them draw: heads that may share their keys, and a width that need not be that of the heads."""
    heads = pick("heads", 2, 4, 1)
    shared = pick("heads a key", 1, 2) if heads > 1 else 1
    head = pick("width of a head", *widths)
    return {"vocab_size": pick("vocabulary", 20, 50), "num_hidden_layers": pick("layers", *layers),
            "num_attention_heads": heads, "num_key_value_heads": heads // shared, "head_dim": head,
            "hidden_size": heads * head, "intermediate_size": pick("mlp", 16, 40), "max_position_embeddings": 32,
            "bos_token_id": 0, "eos_token_id": 1, "pad_token_id": 2}


def scaling(pick, theta=10000.0):
    """rope_parameters of every kind; the lengths are those of texts of up to 12 tokens."""
    kinds = {"default": {}, "linear": {"factor": 3.0}, "dynamic": {"factor": 2.0},
             "llama3": {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                        "original_max_position_embeddings": 16},
             "yarn": {"factor": 4.0, "original_max_position_embeddings": 8}}
    kind = pick("positions", *kinds)
    return {"rope_type": kind, "rope_theta": pick("theta", theta, 500.0), **kinds[kind]}


def decoder(config, model, draw=lambda pick, known: {}, drop=(), **how):
    def make(pick):
        known = sizes(pick, **how)
        known |= draw(pick, known)
        chosen = config(**{key: value for key, value in known.items() if key not in drop})
        return Case(model(chosen), tokens(pick, chosen.vocab_size, pad=2), without_router)
    return make


def without_router(model, inputs):
    """Scores of the routers have another shape there, and their weights are not among what is answered."""
    return {name: value for name, value in outputs_of(model, inputs).items() if "router" not in name}


def llama(pick, known):
    return {"rope_parameters": scaling(pick), "attention_bias": pick("biases", False, True),
            "mlp_bias": pick("biases of the MLP", False, True), "tie_word_embeddings": pick("tied", False, True),
            "rms_norm_eps": pick("eps", 1e-6, 1e-5)}


def mistral(pick, known):
    return {"rope_parameters": scaling(pick), "sliding_window": pick("window", None, 3, 1, 6)}


def mixtral(pick, known):
    return {"num_local_experts": pick("experts", 2, 4, 5), "num_experts_per_tok": pick("asked", 2, 1),
            "sliding_window": pick("window", None, 4)}


def qwen2(pick, known):
    used = pick("window used", False, True)
    return {"sliding_window": 3, "use_sliding_window": used, "max_window_layers": pick("from layer", 1, 0),
            "tie_word_embeddings": pick("tied", False, True), "rope_parameters": scaling(pick, 1e6)}


def qwen_experts(pick, known):
    count = pick("experts", 4, 3)
    return {"num_experts": count, "num_experts_per_tok": pick("asked", 2, 1, 3), "moe_intermediate_size": 12,
            "norm_topk_prob": pick("renormalised", False, True), "shared_expert_intermediate_size": 20,
            "decoder_sparse_step": pick("every", 1, 2), "mlp_only_layers": pick("plain", [], [0]),
            "sliding_window": None, "use_sliding_window": False}


def gemma2(pick, known):
    return {"query_pre_attn_scalar": pick("scalar", 8, 20), "sliding_window": pick("window", 3, 5),
            "attn_logit_softcapping": pick("cap", 5.0, None, 50.0),
            "final_logit_softcapping": pick("cap of the words", 3.0, None)}


def gemma3(pick, known):
    kinds = ["sliding_attention", "full_attention"]
    return {"query_pre_attn_scalar": pick("scalar", 8, 20), "sliding_window": pick("window", 3, 5),
            "layer_types": [kinds[(i + 1) % pick("pattern", 2, 3) == 0] for i in range(known["num_hidden_layers"])],
            "rope_parameters": {"full_attention": {"rope_type": "linear", "factor": 4.0, "rope_theta": 1e6},
                                "sliding_attention": {"rope_type": "default", "rope_theta": 1e4}}}


def phi(pick, known):
    return {"rope_parameters": {**scaling(pick), "partial_rotary_factor": pick("share", 0.5, 1.0)},
            "layer_norm_eps": 1e-5, "hidden_act": pick("activation", "gelu_new", "gelu")}


def phi3(pick, known):
    rotated = known["head_dim"] // 2
    long = {"rope_type": "longrope", "rope_theta": 10000.0, "original_max_position_embeddings": 6,
            "short_factor": [1.0 + 0.1 * i for i in range(rotated)],
            "long_factor": [2.0 + 0.3 * i for i in range(rotated)]}
    plain = {"rope_type": "default", "rope_theta": 10000.0}
    return {"rope_parameters": pick("positions", plain, long), "sliding_window": pick("window", None, 3),
            "original_max_position_embeddings": 6}


def neox(pick, known):
    return {"rope_parameters": {"rope_type": "default", "rope_theta": 10000.0,
                                "partial_rotary_factor": pick("share", 0.5, 0.25, 1.0)},
            "use_parallel_residual": pick("parallel", True, False), "attention_bias": pick("biases", True, False),
            "hidden_act": pick("activation", "gelu", "gelu_fast")}


def stablelm(pick, known):
    return {"rope_parameters": {"rope_type": "default", "rope_theta": 10000.0,
                                "partial_rotary_factor": pick("share", 0.25, 0.5)},
            "use_qkv_bias": pick("biases", False, True), "qk_layernorm": pick("normed heads", False, True),
            "use_parallel_residual": pick("parallel", False, True)}


def mpt(pick):
    heads = pick("heads", 2, 3, 4, 6)
    chosen = hf.MptConfig(d_model=heads * pick("width of a head", 8, 12), n_heads=heads, n_layers=pick("layers", 2, 1),
                          vocab_size=pick("vocabulary", 20, 50), max_seq_len=32)
    return Case(hf.MptForCausalLM(chosen), tokens(pick, chosen.vocab_size, paddings=(False,)))


def opt(pick):
    heads = pick("heads", 2, 3, 1)
    width = heads * pick("width of a head", 8, 12)
    chosen = hf.OPTConfig(hidden_size=width, num_attention_heads=heads, num_hidden_layers=pick("layers", 2, 1),
                          ffn_dim=pick("mlp", 16, 40), vocab_size=pick("vocabulary", 20, 50),
                          max_position_embeddings=32, do_layer_norm_before=pick("norm first", True, False),
                          word_embed_proj_dim=pick("width of the table", width, 10), bos_token_id=0, eos_token_id=1,
                          pad_token_id=2)
    return Case(hf.OPTForCausalLM(chosen), tokens(pick, chosen.vocab_size, pad=2))


def modern_bert(model, **fixed):
    def make(pick):
        heads = pick("heads", 2, 4, 1)
        kinds = ["sliding_attention", "full_attention"]
        every = pick("every", 3, 2, 1)
        layers = pick("layers", 3, 2, 4)
        local = pick("theta of windows", 1e4, 500.0)
        chosen = hf.ModernBertConfig(
            vocab_size=pick("vocabulary", 20, 50), hidden_size=heads * pick("width of a head", 8, 12),
            num_attention_heads=heads, num_hidden_layers=layers, intermediate_size=pick("mlp", 16, 40),
            max_position_embeddings=32, local_attention=pick("window", 4, 6, 8),
            layer_types=[kinds[i % every == 0] for i in range(layers)], num_labels=3,
            rope_parameters={"full_attention": {"rope_type": "default", "rope_theta": 160000.0},
                             "sliding_attention": {"rope_type": "default", "rope_theta": local}},
            norm_bias=pick("biases of the norms", False, True), attention_bias=pick("biases", False, True),
            mlp_bias=pick("biases of the MLP", False, True),
            classifier_pooling=pick("pooling", "cls", "mean"), pad_token_id=2, bos_token_id=0, eos_token_id=1,
            cls_token_id=0, sep_token_id=1, **fixed)
        return Case(model(chosen), tokens(pick, chosen.vocab_size, pad=2))
    return make


FAMILIES = {
    "llama": decoder(hf.LlamaConfig, hf.LlamaForCausalLM, llama),
    "mistral": decoder(hf.MistralConfig, hf.MistralForCausalLM, mistral),
    "mixtral": decoder(hf.MixtralConfig, hf.MixtralForCausalLM, mixtral),
    "qwen2": decoder(hf.Qwen2Config, hf.Qwen2ForCausalLM, qwen2, drop=("head_dim",)),
    "qwen2_moe": decoder(hf.Qwen2MoeConfig, hf.Qwen2MoeForCausalLM, qwen_experts, drop=("head_dim",)),
    "qwen3": decoder(hf.Qwen3Config, hf.Qwen3ForCausalLM, qwen2),
    "qwen3_moe": decoder(hf.Qwen3MoeConfig, hf.Qwen3MoeForCausalLM, qwen_experts,
                         drop=("shared_expert_intermediate_size",)),
    "gemma": decoder(hf.GemmaConfig, hf.GemmaForCausalLM),
    "gemma2": decoder(hf.Gemma2Config, hf.Gemma2ForCausalLM, gemma2),
    "gemma3": decoder(hf.Gemma3TextConfig, hf.Gemma3ForCausalLM, gemma3),
    "phi": decoder(hf.PhiConfig, hf.PhiForCausalLM, phi, drop=("head_dim",)),
    "phi3": decoder(hf.Phi3Config, hf.Phi3ForCausalLM, phi3, drop=("head_dim",)),
    "gpt_neox": decoder(hf.GPTNeoXConfig, hf.GPTNeoXForCausalLM, neox, drop=("head_dim", "num_key_value_heads")),
    "stablelm": decoder(hf.StableLmConfig, hf.StableLmForCausalLM, stablelm, drop=("head_dim",)),
    "olmo2": decoder(hf.Olmo2Config, hf.Olmo2ForCausalLM, drop=("head_dim",)),
    "mpt": mpt,
    "opt": opt,
    "modernbert": modern_bert(hf.ModernBertForMaskedLM),
    "modernbert_classes": modern_bert(hf.ModernBertForSequenceClassification),
    "modernbert_tokens": modern_bert(hf.ModernBertForTokenClassification),
}
