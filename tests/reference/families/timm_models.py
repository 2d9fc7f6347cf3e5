# SPDX-License-Identifier: GPL-3.0-or-later
"""timm's models: every architecture that HeadLens claims, small, as timm itself saves it for the Hub."""
import copy

import timm
import timm.models

from .case import Case
from .drawn import picture, pixels
from .outputs import block_states, first_argument, output, watched

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
    if model.num_classes == 0 and hasattr(model, "dist_token"):  # timm's mean of two tokens has no name in HeadLens
        return found
    return found | {"logits" if model.num_classes > 0 else "pooler_output": out}


def create(pick, names, patch, size, **chosen):
    heads = pick("heads", 1, 2, 3, 4)
    return timm.create_model(pick("architecture", *names), img_size=size, patch_size=patch, num_heads=heads,
                             embed_dim=heads * pick("width of a head", 8, 16), depth=pick("layers", 1, 2),
                             num_classes=pick("classes", 3, 0), **chosen)


def without(names, *words):
    return [name for name in names if not any(word in name for word in words)]


def vit(names, options=(), resizes=True):
    """`options`: arguments of the class that HeadLens claims, beside what the name stands for."""
    def make(pick):
        patch = pick("patch", 4, 2, 3)
        trained = picture(pick, patch, (2, 1, 3, 4))
        resized = resizes and pick("resized", False, True)
        more = {"dynamic_img_size": True} if resized else {}
        model = create(pick, names, patch, trained, **more, **{name: pick(name, *values) for name, values in options})
        size = picture(pick, patch) if resized else trained
        return Case(model, {"pixel_values": pixels(pick, size)}, vit_outputs, save_for_hub)
    return make


def swin_outputs(model, inputs):
    rules = {"attentions": RULES["attentions"], "starts": (r"layers\.0\.blocks\.0$", first_argument),
             "ends": (r"blocks\.\d+$", output)}
    out, found = watched(model, lambda: model(inputs["pixel_values"]), rules)
    return block_states(found, spatial=True) | {"logits" if model.num_classes > 0 else "pooler_output": out}


def swin(names, **fixed):
    def make(pick):
        name = pick("architecture", *names)
        # "window12to16" stands for the trained windows of four stages.
        stages = 4 if "to" in name.split("window")[-1] else pick("stages", 2, 1, 3)
        heads = [pick("heads", 1, 2) * 2**stage for stage in range(stages)]
        model = timm.create_model(
            name, img_size=picture(pick, 4 << (stages - 1), (2, 1, 3, 4)), num_heads=heads,
            embed_dim=heads[0] * 8, depths=[pick(f"depth {stage}", 2, 1) for stage in range(stages)],
            window_size=pick("window", 2, 3, 4, 7), mlp_ratio=pick("mlp", 4.0, 2.0), num_classes=pick("classes", 3, 0),
            **fixed)
        return Case(model, {"pixel_values": pixels(pick, model.patch_embed.img_size)}, swin_outputs, save_for_hub)
    return make


# What HeadLens refuses in a sentence: norms without means (aimv2, test_vit4, xp), norms within attention (beit3) or
# behind it (rpn), attention by differences (dlittle, dwee, dpwee), parallel blocks (18x2, xp, pwee). And test_vit3,
# timm's own test: whether it pools register tokens is known to its code only.
VIT = without(timm.list_models(module="vision_transformer"), "aimv2", "test_vit3", "test_vit4", "_xp_", "beit3",
              "_rpn_", "_dlittle_", "_dwee_", "_dpwee_", "18x2", "_pwee_")
OPTIONS = {"qk_norm": (False, True), "qkv_bias": (True, False), "init_values": (None, 0.1), "reg_tokens": (0, 1, 4),
           "no_embed_class": (False, True), "pre_norm": (False, True), "global_pool": ("token", "avg", "map"),
           "fc_norm": (None, False, True), "act_layer": ("gelu", "gelu_tanh", "quick_gelu"),
           "mlp_ratio": (4.0, 2.0, 2.5)}
FAMILIES = {
    "timm_vit": vit(["vit_base_patch16_224", *VIT]),
    "timm_vit_options": vit(["vit_base_patch16_224"], OPTIONS.items()),
    "timm_vit_patches_only": vit(["vit_base_patch16_224"], [("class_token", (False,)), ("reg_tokens", (0, 1, 4)),
                                                            ("global_pool", ("avg", "map")),
                                                            ("no_embed_class", (False, True))]),
    "timm_deit": vit(timm.list_models(module="deit")),
    "timm_beit": vit(timm.list_models(module="beit"), resizes=False),
    # HeadLens refuses rotary positions of another kind than DINOv3's.
    "timm_dinov3": vit(without(timm.list_models(module="eva"), "eva02", "_rope", "vit_pe_", "_sapiens2", "_lingbot")),
    "timm_swin": swin(timm.list_models(module="swin_transformer")),
    "timm_swinv2": swin(timm.list_models(module="swin_transformer_v2")),
}
