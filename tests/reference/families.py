# SPDX-License-Identifier: GPL-3.0-or-later
"""Every family as transformers builds it: one function a family, which draws a configuration and answers the model and
its inputs. `pick(name, *options)` takes one of the options; the first is the plainest, and what a failing case shrinks to."""
import torch
import transformers as hf


def heads_and_width(pick, each=(4, 8, 12, 16)):
    heads = pick("heads", 1, 2, 3, 4)
    return heads, heads * pick("width of a head", *each)


def picture(pick, patch, sides=(1, 2, 3, 4, 5)):
    """Rectangles of whole patches: (height, width) in pixels."""
    return [patch * pick("patches down", *sides), patch * pick("patches across", *sides)]


def pixels(pick, size, channels=3):
    return torch.randn(pick("pictures", 1, 2), channels, *size)


def tokens(pick, vocabulary, longest=12, low=3):
    """input_ids with padding on the right."""
    rows, length = pick("texts", 1, 2), pick("tokens", 3, 2, 5, 8, longest)
    ids = torch.randint(low, vocabulary, (rows, length))
    mask = torch.ones_like(ids)
    if rows > 1 and pick("padding", False, True):
        mask[1, -1] = 0
    return {"input_ids": ids, "attention_mask": mask}


def vit_like(config, model, square=False, **more):
    def make(pick):
        heads, width = heads_and_width(pick)
        patch = pick("patch", 4, 2, 3, 8)
        size = picture(pick, patch)
        if square:
            size[1] = size[0]
        chosen = config(hidden_size=width, num_hidden_layers=pick("layers", 1, 2, 3), num_attention_heads=heads,
                        intermediate_size=pick("mlp", 16, 24, 40), patch_size=patch, image_size=size, num_labels=3,
                        hidden_act=pick("activation", "gelu", "gelu_new", "relu", "silu", "quick_gelu"),
                        layer_norm_eps=pick("eps", 1e-12, 1e-6, 1e-5),
                        **{name: pick(name, *options) for name, options in more.items()})
        return model(chosen), {"pixel_values": pixels(pick, size)}
    return make


def dino2(config, model, **more):
    def make(pick):
        heads, width = heads_and_width(pick)
        patch = pick("patch", 4, 2, 3)
        side = patch * pick("patches a side", 2, 1, 3, 4)
        chosen = config(hidden_size=width, num_hidden_layers=pick("layers", 1, 2, 3), num_attention_heads=heads,
                        mlp_ratio=pick("mlp", 2, 4), patch_size=patch, image_size=side, num_labels=3,
                        use_swiglu_ffn=pick("swiglu", False, True),
                        **{name: pick(name, *options) for name, options in more.items()})
        return model(chosen), {"pixel_values": pixels(pick, [side, side])}
    return make


def swin(config, model):
    def make(pick):
        stages, patch, window = pick("stages", 1, 2, 3), pick("patch", 4, 2), pick("window", 2, 3, 4)
        patches = pick("patches a side", 8, 4, 12)
        window = min(window, patches >> (stages - 1))  # transformers cannot compute a smaller last stage
        side = patch * patches
        heads = [pick("heads", 1, 2) * 2**stage for stage in range(stages)]
        chosen = config(embed_dim=heads[0] * 8, depths=[pick(f"depth {s}", 1, 2) for s in range(stages)], num_heads=heads,
                        window_size=window, patch_size=patch, image_size=side, num_labels=3,
                        qkv_bias=pick("bias", True, False))
        return model(chosen), {"pixel_values": pixels(pick, [side, side])}
    return make


def bert_like(config, model, **fixed):
    def make(pick):
        heads, width = heads_and_width(pick)
        chosen = config(vocab_size=pick("vocabulary", 20, 50), hidden_size=width, num_hidden_layers=pick("layers", 1, 2, 3),
                        num_attention_heads=heads, intermediate_size=pick("mlp", 16, 40), max_position_embeddings=20,
                        num_labels=3, hidden_act=pick("activation", "gelu", "gelu_new", "relu", "silu"),
                        layer_norm_eps=pick("eps", 1e-12, 1e-5), **fixed)
        return model(chosen), tokens(pick, chosen.vocab_size)
    return make


def distilbert(pick):
    heads, width = heads_and_width(pick)
    chosen = hf.DistilBertConfig(vocab_size=30, dim=width, n_layers=pick("layers", 1, 2, 3), n_heads=heads,
                                 hidden_dim=pick("mlp", 16, 40), max_position_embeddings=20, num_labels=3,
                                 activation=pick("activation", "gelu", "relu"),
                                 sinusoidal_pos_embds=pick("sinusoids", False, True))
    return hf.DistilBertForSequenceClassification(chosen), tokens(pick, 30)


def gpt2(pick):
    heads, width = heads_and_width(pick)
    chosen = hf.GPT2Config(vocab_size=pick("vocabulary", 20, 50), n_positions=20, n_embd=width,
                           n_layer=pick("layers", 1, 2, 3), n_head=heads, n_inner=pick("mlp", None, 24),
                           activation_function=pick("activation", "gelu_new", "gelu", "relu"),
                           scale_attn_weights=pick("scale", True, False),
                           scale_attn_by_inverse_layer_idx=pick("scale by layer", False, True), bos_token_id=0, eos_token_id=0)
    return hf.GPT2LMHeadModel(chosen), tokens(pick, chosen.vocab_size)


def written(pick, vocabulary, inputs):
    rows = inputs["input_ids"].shape[0]
    return {**inputs, "decoder_input_ids": torch.randint(3, vocabulary, (rows, pick("written", 2, 1, 4, 6)))}


def t5(pick):
    gated = pick("feed forward", "relu", "gated-gelu", "gated-silu")
    chosen = hf.T5Config(vocab_size=30, d_model=pick("width", 16, 24), d_kv=pick("width of a head", 4, 8, 6),
                         d_ff=pick("mlp", 16, 40), num_layers=pick("layers", 1, 2, 3), num_heads=pick("heads", 1, 2, 3),
                         num_decoder_layers=pick("decoder layers", 1, 2), feed_forward_proj=gated,
                         relative_attention_num_buckets=pick("buckets", 32, 8),
                         relative_attention_max_distance=pick("distance", 128, 10), decoder_start_token_id=0,
                         tie_word_embeddings=pick("tied", True, False))
    return hf.T5ForConditionalGeneration(chosen), written(pick, 30, tokens(pick, 30))


def bart_like(config, model, **fixed):
    def make(pick):
        heads, width = heads_and_width(pick, (4, 8))
        width *= 2  # for the decoder's heads
        chosen = config(vocab_size=30, d_model=width, encoder_layers=pick("layers", 1, 2, 3),
                        decoder_layers=pick("decoder layers", 1, 2), encoder_attention_heads=heads,
                        decoder_attention_heads=pick("decoder heads", 2, heads), encoder_ffn_dim=pick("mlp", 16, 40),
                        decoder_ffn_dim=24, max_position_embeddings=20, decoder_start_token_id=2, pad_token_id=1,
                        activation_function=pick("activation", "gelu", "relu", "swish"),
                        scale_embedding=pick("scaled", False, True), **fixed)
        return model(chosen), written(pick, 30, tokens(pick, 30))
    return make


FAMILIES = {
    "vit": vit_like(hf.ViTConfig, hf.ViTForImageClassification, qkv_bias=(True, False)),
    "deit": vit_like(hf.DeiTConfig, hf.DeiTForImageClassificationWithTeacher, qkv_bias=(True, False)),
    # Squares only: for others transformers reads the table of relative positions with height and width exchanged
    # (BeitRelativePositionBias reshapes it to old_width, old_height).
    "beit": vit_like(hf.BeitConfig, hf.BeitForImageClassification, square=True, use_relative_position_bias=(False, True),
                     use_absolute_position_embeddings=(False, True), use_mean_pooling=(True, False)),
    "dinov2": dino2(hf.Dinov2Config, hf.Dinov2ForImageClassification),
    "dinov2_registers": dino2(hf.Dinov2WithRegistersConfig, hf.Dinov2WithRegistersForImageClassification,
                              num_register_tokens=(1, 4)),
    "swin": swin(hf.SwinConfig, hf.SwinForImageClassification),
    "swinv2": swin(hf.Swinv2Config, hf.Swinv2ForImageClassification),
    "bert": bert_like(hf.BertConfig, hf.BertForMaskedLM),
    "bert_classes": bert_like(hf.BertConfig, hf.BertForSequenceClassification),
    "roberta": bert_like(hf.RobertaConfig, hf.RobertaForMaskedLM, pad_token_id=1, bos_token_id=0, eos_token_id=2),
    "distilbert": distilbert,
    "gpt2": gpt2,
    "t5": t5,
    "bart": bart_like(hf.BartConfig, hf.BartForConditionalGeneration),
    "marian": bart_like(hf.MarianConfig, hf.MarianMTModel, share_encoder_decoder_embeddings=True),
}
