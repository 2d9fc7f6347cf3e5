# SPDX-License-Identifier: GPL-3.0-or-later
"""transformers' models that look at pictures."""
import functools

import torch
import transformers as hf

from .case import Case
from .drawn import ACTIVATIONS, heads_and_width, picture, pixels
from .outputs import first_argument, named, outputs_of, second_output, swin_outputs, watched


def drawn(pick, options):
    return {name: pick(name, *values) for name, values in options.items()}


def vit_like(config, model, square=False, **more):
    """A plain transformer over patches; a picture of another size than the trained one now and then."""
    def make(pick):
        heads, width = heads_and_width(pick)
        patch = pick("patch", 4, 2, 3, 8)
        size = picture(pick, patch)
        resized = not square and pick("resized", False, True)
        if square or resized:  # transformers resizes positions of squares only
            size[1] = size[0]
        chosen = config(hidden_size=width, num_hidden_layers=pick("layers", 1, 2, 3), num_attention_heads=heads,
                        intermediate_size=pick("mlp", 16, 24, 40), patch_size=patch, image_size=size, num_labels=3,
                        hidden_act=pick("activation", *ACTIVATIONS), layer_norm_eps=pick("eps", 1e-12, 1e-6, 1e-5),
                        **drawn(pick, more))
        if not resized:
            return Case(model(chosen), {"pixel_values": pixels(pick, size)})
        return Case(model(chosen), {"pixel_values": pixels(pick, picture(pick, patch))},
                    functools.partial(outputs_of, interpolate_pos_encoding=True))
    return make


def dino2(config, model, **more):
    """Its positions are resized whenever the picture asks for it."""
    def make(pick):
        heads, width = heads_and_width(pick)
        patch = pick("patch", 4, 2, 3)
        side = patch * pick("patches a side", 2, 1, 3, 4)
        chosen = config(hidden_size=width, num_hidden_layers=pick("layers", 1, 2, 3), num_attention_heads=heads,
                        mlp_ratio=pick("mlp", 2, 4), patch_size=patch, image_size=side, num_labels=3,
                        use_swiglu_ffn=pick("swiglu", False, True), qkv_bias=pick("bias", True, False),
                        hidden_act=pick("activation", *ACTIVATIONS), **drawn(pick, more))
        size = picture(pick, patch) if pick("resized", False, True) else [side, side]
        return Case(model(chosen), {"pixel_values": pixels(pick, size)})
    return make


def dino3(pick):
    """Pictures of every size: its positions are computed. What is left of a patch is cut off."""
    heads, width = heads_and_width(pick)
    patch = pick("patch", 4, 2, 3)
    gated = pick("gated", False, True)
    chosen = hf.DINOv3ViTConfig(
        hidden_size=width, num_hidden_layers=pick("layers", 1, 2, 3), num_attention_heads=heads,
        intermediate_size=pick("mlp", 16, 24, 40), patch_size=patch, image_size=4 * patch, use_gated_mlp=gated,
        hidden_act=pick("activation", "gelu", "silu", "relu"), layer_norm_eps=pick("eps", 1e-5, 1e-6),
        rope_theta=pick("theta", 100.0, 10000.0), num_register_tokens=pick("registers", 0, 1, 4),
        **drawn(pick, {f"{name}_bias": (True, False) for name in ("query", "key", "value", "proj", "mlp")}))
    left = pick("left of a patch", 0, 1)
    size = [side + left for side in picture(pick, patch)]
    return Case(hf.DINOv3ViTModel(chosen), {"pixel_values": pixels(pick, size)})


def swin(config, model, absolute=(False, True)):
    def make(pick):
        stages, patch, window = pick("stages", 1, 2, 3), pick("patch", 4, 2), pick("window", 2, 3, 4)
        patches = pick("patches a side", 8, 4, 12)
        window = min(window, patches >> (stages - 1))  # transformers cannot compute a smaller last stage
        side = patch * patches
        heads = [pick("heads", 1, 2) * 2**stage for stage in range(stages)]
        depths = [pick(f"depth {s}", 1, 2) for s in range(stages)]
        chosen = config(embed_dim=heads[0] * 8, depths=depths, num_heads=heads, window_size=window,
                        patch_size=patch, image_size=side, num_labels=3,
                        qkv_bias=pick("bias", True, False), mlp_ratio=pick("mlp", 4.0, 2.0, 1.5),
                        hidden_act=pick("activation", *ACTIVATIONS), layer_norm_eps=pick("eps", 1e-5, 1e-6),
                        use_absolute_embeddings=pick("absolute positions", *absolute))
        return Case(model(chosen), {"pixel_values": pixels(pick, [side, side])}, swin_outputs)
    return make


def mae_outputs(model, inputs):
    """The decoder keeps its maps and states to itself."""
    rules = {"decoder.attentions": (r"decoder_layers\.\d+\.attention$", second_output),
             "decoder.hidden_states": (r"decoder_layers\.\d+$", first_argument)}
    call = functools.partial(model, **inputs, output_attentions=True, output_hidden_states=True)
    out, found = watched(model, call, rules)
    return found | named("", out.attentions, out.hidden_states) | {"decoder.logits": out.logits}


def mae(**fixed):
    def make(pick):
        heads, width = heads_and_width(pick)
        patch, side = pick("patch", 4, 2, 3), pick("patches a side", 2, 3, 4)
        decoder_heads = pick("decoder heads", 1, 2, 4)
        chosen = dict(
            hidden_size=width, num_hidden_layers=pick("layers", 1, 2, 3), num_attention_heads=heads,
            intermediate_size=pick("mlp", 16, 40), patch_size=patch, image_size=side * patch,
            decoder_hidden_size=decoder_heads * 8, decoder_num_attention_heads=decoder_heads,
            decoder_num_hidden_layers=pick("decoder layers", 1, 2), decoder_intermediate_size=24,
            hidden_act=pick("activation", *ACTIVATIONS), qkv_bias=pick("bias", True, False),
            layer_norm_eps=pick("eps", 1e-12, 1e-6), norm_pix_loss=pick("normalised pixels", False, True),
            mask_ratio=pick("mask ratio", 0.75, 0.5, 0.3, 0.0), attn_implementation="eager")  # the decoder copies it
        inputs = {"pixel_values": pixels(pick, [side * patch] * 2)}
        inputs["noise"] = torch.rand(inputs["pixel_values"].shape[0], side * side)
        return Case(hf.ViTMAEForPreTraining(hf.ViTMAEConfig(**{**chosen, **fixed})), inputs, mae_outputs)
    return make


def pooled(model):
    """A model without a head, with its pooler or without."""
    return {True: model, False: functools.partial(model, add_pooling_layer=False)}


def headless(config, model, **more):
    def make(pick):
        return vit_like(config, pooled(model)[pick("pooler", True, False)], **more)(pick)
    return make


BIAS = {"qkv_bias": (True, False)}
# Squares only: for others transformers reads the table of relative positions with height and width exchanged
# (BeitRelativePositionBias reshapes it to old_width, old_height).
BEIT = {"square": True, "use_relative_position_bias": (False, True), "use_shared_relative_position_bias": (False, True),
        "use_absolute_position_embeddings": (False, True), "use_mean_pooling": (True, False),
        "layer_scale_init_value": (0.1, 0.0), "use_mask_token": (False, True)}
FAMILIES = {
    "vit": vit_like(hf.ViTConfig, hf.ViTForImageClassification, **BIAS),
    "vit_headless": headless(hf.ViTConfig, hf.ViTModel, **BIAS),
    "deit": vit_like(hf.DeiTConfig, hf.DeiTForImageClassificationWithTeacher, **BIAS),
    "deit_classes": vit_like(hf.DeiTConfig, hf.DeiTForImageClassification, **BIAS),
    "deit_headless": headless(hf.DeiTConfig, hf.DeiTModel, **BIAS),
    "beit": vit_like(hf.BeitConfig, hf.BeitForImageClassification, **BEIT),
    "dinov2": dino2(hf.Dinov2Config, hf.Dinov2ForImageClassification),
    "dinov2_headless": dino2(hf.Dinov2Config, hf.Dinov2Model),
    "dinov2_registers": dino2(hf.Dinov2WithRegistersConfig, hf.Dinov2WithRegistersForImageClassification,
                              num_register_tokens=(1, 4)),
    "dinov2_registers_headless": dino2(hf.Dinov2WithRegistersConfig, hf.Dinov2WithRegistersModel,
                                       num_register_tokens=(1, 4)),
    "dinov3": dino3,
    "mae": mae(),
    "swin": swin(hf.SwinConfig, hf.SwinForImageClassification),
    "swin_headless": swin(hf.SwinConfig, hf.SwinModel),
    # transformers gives Swin v2 one absolute position too many (for a class token that it lacks) and fails.
    "swinv2": swin(hf.Swinv2Config, hf.Swinv2ForImageClassification, absolute=(False,)),
}
