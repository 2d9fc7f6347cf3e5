# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of the first authors, whose code is no package: facebookresearch's DINO, DINOv2 and MAE, Microsoft's Swin,
OpenAI's CLIP. The models are timm's and transformers', with the names that these libraries' own converters translate,
turned back."""
import re

import timm
import torch
import transformers as hf

from .case import Case
from .drawn import pixels, tokens
from .pictures import mae
from .saving import save_tensors
from .timm_models import swin_outputs, vit_outputs
from .two_towers import VOCABULARY, closed, dual_outputs, text_config, vision_config


def renamed(tensors, renames):
    """Every name with all the (pattern, replacement) pairs applied in turn."""
    found = {}
    for name, tensor in tensors.items():
        for pattern, replacement in renames:
            name = re.sub(pattern, replacement, name)
        found[name] = tensor
    return found


def fused(tensors, apart, whole):
    """Query, key and value in one tensor: `apart` names the query with (q) in it."""
    found = {}
    for name, tensor in tensors.items():
        role = re.search(apart, name)
        if role is None:
            found[name] = tensor
        elif role.group(1) == "q":
            rows = [tensors[name[:role.start(1)] + one + name[role.end(1):]] for one in "qkv"]
            found[re.sub(apart, whole, name)] = torch.cat(rows)
    return found


def saved_as(translate):
    return lambda model, folder, kind, pick: save_tensors(translate(model), folder, kind, pick)


def headless_vit(pick, name, patch, **more):
    """At the trained size: the authors' code resizes positions in its own way, which timm does not follow."""
    heads = pick("heads", 1, 2, 3)
    side = patch * pick("patches a side", 2, 1, 3, 4)
    model = timm.create_model(name, img_size=side, patch_size=patch, num_heads=heads, num_classes=0,
                              embed_dim=heads * pick("width of a head", 8, 16), depth=pick("layers", 1, 2, 3), **more)
    return model, {"pixel_values": pixels(pick, [side, side])}, f"num_heads={heads}"


def last_tokens(model, inputs):
    """Without the pooled token, which the authors' models return under no name."""
    found = vit_outputs(model, inputs)
    return {name: tensor for name, tensor in found.items() if name != "pooler_output"}


def dino(pick):
    model, inputs, heads = headless_vit(pick, "vit_small_patch16_224", pick("patch", 4, 2, 3),
                                        mlp_ratio=pick("mlp", 4.0, 2.0))
    return Case(model, inputs, last_tokens, saved_as(lambda model: model.state_dict()), (heads,))


def dino2_tensors(model):
    tensors = dict(model.state_dict())
    gated = model.blocks[0].mlp.fc1.out_features == 2 * model.blocks[0].mlp.fc2.in_features
    tensors["mask_token"] = torch.zeros(1, model.embed_dim)
    if "reg_token" in tensors:  # timm adds the position of the class token to the token itself
        tensors["register_tokens"] = tensors.pop("reg_token")
        tensors["pos_embed"] = torch.cat([torch.zeros(1, 1, model.embed_dim), tensors["pos_embed"]], 1)
    return renamed(tensors, [(r"mlp\.fc1", "mlp.w12"), (r"mlp\.fc2", "mlp.w3")] if gated else [])


def dino2(pick):
    name = pick("architecture", "vit_small_patch14_dinov2", "vit_small_patch14_reg4_dinov2", "vit_giant_patch14_dinov2",
                "vit_giant_patch14_reg4_dinov2")
    model, inputs, heads = headless_vit(pick, name, pick("patch", 4, 2, 7), mlp_ratio=4.0)
    return Case(model, inputs, last_tokens, saved_as(dino2_tensors), (heads,))


def mae_tensors(model):
    renames = [(r"^vit\.embeddings\.", ""), (r"^vit\.layers", "blocks"), (r"^vit\.layernorm", "norm"),
               (r"^decoder\.", ""), (r"^decoder_layers", "decoder_blocks"), (r"^position_embeddings", "pos_embed"),
               (r"^patch_embeddings\.projection", "patch_embed.proj"), (r"layernorm_before", "norm1"),
               (r"layernorm_after", "norm2"), (r"attention\.o_proj", "attn.proj")]
    return renamed(fused(model.state_dict(), r"attention\.([qkv])_proj", "attn.qkv"), renames)


def original_mae(pick):
    """With the activation, eps and ratio of facebook's code, which its files do not hold."""
    case = mae(hidden_act="gelu", layer_norm_eps=1e-6, mask_ratio=0.75)(pick)
    config = case.model.config
    heads = f"num_heads={config.num_attention_heads}", f"decoder_num_heads={config.decoder_num_attention_heads}"
    return Case(case.model, case.inputs, case.compute, saved_as(mae_tensors), heads)


def microsoft_tensors(model):
    tensors = renamed(model.state_dict(), [(r"^head\.fc", "head")])
    tensors = {re.sub(r"layers\.(\d+)\.downsample", lambda at: f"layers.{int(at[1]) - 1}.downsample", name): tensor
               for name, tensor in tensors.items()}
    for name, buffer in model.named_buffers():  # which timm computes anew
        tensors[name] = buffer
    return tensors


def microsoft_swin(pick):
    """Maps of whole windows: Microsoft's code pads nothing."""
    stages, window = pick("stages", 2, 1, 3), pick("window", 2, 3, 4)
    heads = [pick("heads", 1, 2) * 2**stage for stage in range(stages)]
    side = 4 * window * pick("windows a side", 1, 2) << (stages - 1)
    model = timm.create_model("swin_tiny_patch4_window7_224", img_size=side, window_size=window, num_heads=heads,
                              embed_dim=heads[0] * 8, mlp_ratio=pick("mlp", 4.0, 2.0), num_classes=3,
                              depths=[pick("depth", 2, 1) for _ in range(stages)])
    return Case(model, {"pixel_values": pixels(pick, [side, side])}, swin_outputs, saved_as(microsoft_tensors))


def openai_tensors(model):
    tower = [(r"encoder\.layers", "transformer.resblocks"), (r"self_attn\.out_proj", "attn.out_proj"),
             (r"layer_norm(\d)", r"ln_\1"), (r"mlp\.fc1", "mlp.c_fc"), (r"mlp\.fc2", "mlp.c_proj")]
    renames = [*tower, (r"^text_model\.", ""), (r"^vision_model\.", "visual."), (r"embeddings\.token", "token"),
               (r"embeddings\.position_embedding\.weight", "positional_embedding"), (r"final_layer_norm", "ln_final"),
               (r"embeddings\.class", "class"), (r"embeddings\.patch_embedding", "conv1"), (r"pre_layrnorm", "ln_pre"),
               (r"post_layernorm", "ln_post")]
    tensors = renamed(fused(model.state_dict(), r"self_attn\.([qkv])_proj\.", "attn.in_proj_"), renames)
    tensors["visual.proj"] = tensors.pop("visual_projection.weight").t().contiguous()
    tensors["text_projection"] = tensors.pop("text_projection.weight").t().contiguous()
    return tensors


def openai_clip(pick):
    """quick_gelu and 1e-5 as in OpenAI's code; the end token is the largest, and no mask cuts what follows it."""
    vision = vision_config(hf.CLIPVisionConfig, pick)
    text = text_config(hf.CLIPTextConfig, pick, eos_token_id=2, bos_token_id=0, pad_token_id=1)
    for tower in (vision, text):
        tower.hidden_act, tower.layer_norm_eps = "quick_gelu", 1e-5
    model = hf.CLIPModel(hf.CLIPConfig(text_config=text.to_dict(), vision_config=vision.to_dict(),
                                       projection_dim=pick("space", 8, 12)))
    inputs = {"input_ids": closed(tokens(pick, VOCABULARY - 1, rows=(2, 1, 3)), VOCABULARY - 1)["input_ids"],
              "pixel_values": pixels(pick, [vision.image_size] * 2)}
    heads = f"vision.num_heads={vision.num_attention_heads}", f"text.num_heads={text.num_attention_heads}"
    return Case(model, inputs, dual_outputs, saved_as(openai_tensors), heads)


FAMILIES = {
    "facebook_dino": dino,
    "facebook_dinov2": dino2,
    "facebook_mae": original_mae,
    "microsoft_swin": microsoft_swin,
    "openai_clip": openai_clip,
}
