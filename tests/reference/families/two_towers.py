# SPDX-License-Identifier: GPL-3.0-or-later
"""CLIP and SigLIP: a tower for pictures and one for texts, together and alone."""
import functools

import torch
import transformers as hf

from .case import Case
from .drawn import ACTIVATIONS, heads_and_width, picture, pixels, tokens
from .outputs import named, second_output, watched

VOCABULARY = 30


def vision_config(config, pick, **fixed):
    heads, width = heads_and_width(pick, (4, 8, 16))
    patch = pick("patch", 4, 2, 3)
    return config(hidden_size=width, num_attention_heads=heads, num_hidden_layers=pick("vision layers", 1, 2, 3),
                  intermediate_size=pick("vision mlp", 16, 40), patch_size=patch,
                  image_size=patch * pick("patches a side", 2, 1, 3, 4),
                  hidden_act=pick("vision activation", *ACTIVATIONS), layer_norm_eps=pick("vision eps", 1e-5, 1e-6),
                  **fixed)


def text_config(config, pick, **fixed):
    heads, width = heads_and_width(pick, (4, 8, 16))
    return config(vocab_size=VOCABULARY, hidden_size=width, num_attention_heads=heads,
                  num_hidden_layers=pick("text layers", 1, 2, 3), intermediate_size=pick("text mlp", 16, 40),
                  max_position_embeddings=20, hidden_act=pick("text activation", *ACTIVATIONS),
                  layer_norm_eps=pick("text eps", 1e-5, 1e-6), **fixed)


def seen(pick, vision, pictures=(1, 2)):
    """(pixels, what else the library is told): the trained size, or another one."""
    trained = [vision.image_size] * 2
    resized = pick("resized", False, True)
    size = picture(pick, vision.patch_size) if resized else trained
    return pixels(pick, size, pictures=pictures), {"interpolate_pos_encoding": True} if resized else {}


def tower(prefix, out):
    """Without pooler_output: in the whole model transformers 5 puts the projected features there."""
    return named(prefix, out.attentions, out.hidden_states) | {prefix + "last_hidden_state": out.last_hidden_state}


def dual_outputs(model, inputs, **more):
    with torch.no_grad():
        out = model(**inputs, output_attentions=True, output_hidden_states=True, **more)
    found = {name: out[name] for name in ("logits_per_image", "logits_per_text", "image_embeds", "text_embeds")}
    return found | tower("vision.", out.vision_model_output) | tower("text.", out.text_model_output)


def alone_outputs(prefix, model, inputs, **more):
    """One tower. HeadLens's embeddings have length 1, as in the whole model; transformers gives them as projected."""
    with torch.no_grad():
        out = model(**inputs, output_attentions=True, output_hidden_states=True, **more)
    found = tower(prefix, out)
    if out.get("pooler_output") is not None:
        found[prefix + "pooler_output"] = out.pooler_output
    for name in ("image_embeds", "text_embeds"):
        if out.get(name) is not None:
            found[name] = out[name] / out[name].norm(dim=-1, keepdim=True)
    return found


def closed(inputs, end):
    """Every text holds its end token once, and what stands behind it is padding or another token."""
    ids = inputs["input_ids"]
    for row in ids:
        row[row == end] = 3
        row[torch.randint(1, len(row), ())] = end
    return inputs


def clip_text(pick, **fixed):
    """2: the id of the first checkpoints, which means the largest id of the vocabulary."""
    end = pick("end token", 2, 7)
    return text_config(hf.CLIPTextConfig, pick, eos_token_id=end, bos_token_id=0, pad_token_id=1, **fixed)


def clip_words(pick, text):
    inputs = tokens(pick, VOCABULARY - 1, rows=(2, 1, 3))
    return closed(inputs, VOCABULARY - 1 if text.eos_token_id == 2 else text.eos_token_id)


def clip(pick):
    space = pick("space", 8, 12)
    vision, text = vision_config(hf.CLIPVisionConfig, pick), clip_text(pick)
    config = hf.CLIPConfig(text_config=text.to_dict(), vision_config=vision.to_dict(), projection_dim=space)
    model = hf.CLIPModel(config)
    look, more = seen(pick, vision)
    return Case(model, clip_words(pick, text) | {"pixel_values": look}, functools.partial(dual_outputs, **more))


def clip_vision(pick):
    vision = vision_config(hf.CLIPVisionConfig, pick, projection_dim=8)
    model = pick("projection", hf.CLIPVisionModel, hf.CLIPVisionModelWithProjection)(vision)
    look, more = seen(pick, vision)
    return Case(model, {"pixel_values": look}, functools.partial(alone_outputs, "vision.", **more))


def clip_words_alone(pick):
    text = clip_text(pick, projection_dim=8)
    model = pick("projection", hf.CLIPTextModel, hf.CLIPTextModelWithProjection)(text)
    return Case(model, clip_words(pick, text), functools.partial(alone_outputs, "text."))


def siglip_words(pick):
    """SigLIP's tokenizer fills every text up and gives no mask."""
    return {"input_ids": tokens(pick, VOCABULARY, rows=(2, 1, 3))["input_ids"]}


def pooling_maps(model):
    """transformers asks torch's attention for the mean over the heads; HeadLens gives one map a head."""
    attention = model.vision_model.head.attention if hasattr(model, "vision_model") else model.head.attention
    attention.forward = functools.partial(attention.forward, average_attn_weights=False)


def siglip_outputs(compute, model, inputs, **more):
    pooling_maps(model)
    rules = {"vision.head_attentions": (r"head\.attention$", second_output)}
    found, maps = watched(model, lambda: compute(model, inputs, **more), rules)
    return found | {"vision.head_attentions": maps["vision.head_attentions.0"]}


def siglip(pick):
    vision, text = vision_config(hf.SiglipVisionConfig, pick), text_config(hf.SiglipTextConfig, pick)
    text.projection_size = vision.hidden_size
    model = hf.SiglipModel(hf.SiglipConfig(text_config=text.to_dict(), vision_config=vision.to_dict()))
    look, more = seen(pick, vision)
    return Case(model, siglip_words(pick) | {"pixel_values": look},
                functools.partial(siglip_outputs, dual_outputs, **more))


def siglip_vision(pick):
    vision = vision_config(hf.SiglipVisionConfig, pick)
    look, more = seen(pick, vision)
    compute = functools.partial(siglip_outputs, functools.partial(alone_outputs, "vision."), **more)
    return Case(hf.SiglipVisionModel(vision), {"pixel_values": look}, compute)


def siglip_text(pick):
    text = text_config(hf.SiglipTextConfig, pick, projection_size=8)
    return Case(hf.SiglipTextModel(text), siglip_words(pick), functools.partial(alone_outputs, "text."))


FAMILIES = {
    "clip": clip,
    "clip_vision": clip_vision,
    "clip_text": clip_words_alone,
    "siglip": siglip,
    "siglip_vision": siglip_vision,
    "siglip_text": siglip_text,
}
