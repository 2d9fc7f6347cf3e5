# SPDX-License-Identifier: GPL-3.0-or-later
"""torchvision's models. Their files hold weights alone."""
import unittest.mock

import torch
from torchvision.models import swin_transformer, vision_transformer

from .case import Case
from .drawn import picture, pixels
from .outputs import block_states, first_argument, output, second_output, watched
from .saving import save_tensors


def save(model, folder, kind, pick):
    save_tensors(model.state_dict(), folder, kind, pick)


def vit_outputs(model, inputs):
    def with_maps(_, arguments, names):
        return arguments, {**names, "need_weights": True, "average_attn_weights": False}

    for layer in model.encoder.layers:
        layer.self_attention.register_forward_pre_hook(with_maps, with_kwargs=True)
    rules = {"attentions": (r"self_attention$", second_output), "last": (r"^encoder\.ln$", output),
             "hidden_states": (r"encoder_layer_\d+$", first_argument)}
    logits, found = watched(model, lambda: model(inputs["pixel_values"]), rules)
    found["last_hidden_state"] = found.pop("last.0")
    return found | {"logits": logits}


def vit(pick):
    patch, heads = pick("patch", 4, 2, 3), pick("heads", 1, 2, 4)
    side = patch * pick("patches a side", 2, 1, 3, 4)
    model = vision_transformer.VisionTransformer(
        image_size=side, patch_size=patch, num_layers=pick("layers", 1, 2, 3), num_heads=heads,
        hidden_dim=heads * pick("width of a head", 8, 12), mlp_dim=pick("mlp", 16, 40), num_classes=3,
        representation_size=pick("layer before the classes", None, 10))
    return Case(model, {"pixel_values": pixels(pick, [side, side])}, vit_outputs, save, (f"num_heads={heads}",))


def swin_outputs(model, inputs):
    """The blocks are functions: what they take the softmax of are the maps."""
    maps, softmax = [], torch.nn.functional.softmax

    def kept(*arguments, **names):
        maps.append(softmax(*arguments, **names))
        return maps[-1]

    rules = {"starts": (r"^features\.1\.0$", first_argument), "ends": (r"^features\.[1357]\.\d+$", output)}
    with unittest.mock.patch.object(torch.nn.functional, "softmax", kept):
        logits, found = watched(model, lambda: model(inputs["pixel_values"]), rules)
    return (block_states(found, spatial=True) | {f"attentions.{i}": one for i, one in enumerate(maps)}
            | {"logits": logits})


def swin(block, merging):
    """Pictures of every size: windows are padded. At least two blocks: it divides by their number less 1."""
    def make(pick):
        stages, window = pick("stages", 2, 1, 3), pick("window", 2, 3, 4)
        heads = [pick("heads", 1, 2) * 2**stage for stage in range(stages)]
        model = swin_transformer.SwinTransformer(
            patch_size=[4, 4], embed_dim=heads[0] * 8, num_heads=heads, window_size=[window, window], num_classes=3,
            depths=[pick("depth", 2, 3 if stage == 0 else 1) for stage in range(stages)],
            mlp_ratio=pick("mlp", 4.0, 2.0), block=block, downsample_layer=merging)
        return Case(model, {"pixel_values": pixels(pick, picture(pick, 4, (4, 2, 3, 5, 7, 8)))}, swin_outputs, save)
    return make


FAMILIES = {
    "torchvision_vit": vit,
    "torchvision_swin": swin(swin_transformer.SwinTransformerBlock, swin_transformer.PatchMerging),
    "torchvision_swinv2": swin(swin_transformer.SwinTransformerBlockV2, swin_transformer.PatchMergingV2),
}
