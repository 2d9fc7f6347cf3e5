# SPDX-License-Identifier: GPL-3.0-or-later
"""timm's models: every architecture that HeadLens claims, small, as timm itself saves it for the Hub."""
import copy

import timm
import timm.models
import torch

from .case import Case
from .drawn import picture, pixels
from .outputs import first_argument, output, watched

timm.layers.set_fused_attn(False)  # the fused attention has no maps
RULES = {"attentions": (r"attn\.attn_drop$", output), "hidden_states": (r"blocks\.\d+$", first_argument)}


def save_for_hub(model, folder, kind, pick):
    """config.json holds the name of the architecture and what was chosen beside it."""
    layout = pick("layout", "safetensors", "pickle")
    timm.models.save_for_hf(copy.deepcopy(model).to(kind), folder, safe_serialization=layout == "safetensors")


def vit_outputs(model, inputs):
    kept = {**RULES, "last": (r"^norm$", output)}
    out, found = watched(model, lambda: model(inputs["pixel_values"]), kept)
    found["last_hidden_state"] = found.pop("last.0")
    return found | {"logits" if model.num_classes > 0 else "pooler_output": out}


def create(pick, names, patch, size, **chosen):
    heads = pick("heads", 1, 2, 3, 4)
    return timm.create_model(pick("architecture", *names), img_size=size, patch_size=patch, num_heads=heads,
                             embed_dim=heads * pick("width of a head", 8, 16), depth=pick("layers", 1, 2),
                             num_classes=pick("classes", 3, 0), **chosen)


def without(names, *words):
    return [name for name in names if not any(word in name for word in words)]


def vit(names):
    def make(pick):
        patch = pick("patch", 4, 2, 3)
        trained = picture(pick, patch, (2, 1, 3, 4))
        resized = pick("resized", False, True)
        more = {"dynamic_img_size": True} if resized else {}
        model = create(pick, names, patch, trained, **more)
        size = picture(pick, patch) if resized else trained
        return Case(model, {"pixel_values": pixels(pick, size)}, vit_outputs, save_for_hub)
    return make


FAMILIES = {
    "timm_vit": vit(timm.list_models(module="vision_transformer")),
}
