# SPDX-License-Identifier: GPL-3.0-or-later
"""transformers' models that look at a picture and read a text."""
import functools
import unittest.mock

import torch
import transformers as hf

from .case import Case
from .drawn import ACTIVATIONS, heads_and_width, picture, pixels, segments, tokens, written
from .outputs import first_argument, named, outputs_of, second_output, watched

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


def attention_rules(prefix, layer, attention, cross=None):
    rules = {f"{prefix}attentions": (layer + attention, second_output),
             f"{prefix}hidden_states": (layer + "$", first_argument)}
    return rules | ({f"{prefix}cross_attentions": (layer + cross, second_output)} if cross else {})


# BLIP's answers hold the maps of the vision tower only.
BLIP_RULES = (attention_rules("vision.", r"^vision_model\.encoder\.layers\.\d+", r"\.self_attn$")
              | attention_rules("text.", r"^text_encoder\.encoder\.layer\.\d+", r"\.attention\.self$",
                                r"\.crossattention\.self$")
              | attention_rules("decoder.", r"^text_decoder\.bert\.encoder\.layer\.\d+", r"\.attention\.self$",
                                r"\.crossattention\.self$")
              | {"written": (r"^text_decoder$", lambda _, out: out["logits"])})


def blip_outputs(model, inputs, **more):
    out, found = watched(model, lambda: model(**inputs, **more), BLIP_RULES)
    if "written.0" in found:
        found["logits"] = found.pop("written.0")
    else:
        found |= {"logits": out.itm_score, "text.last_hidden_state": out.question_embeds}
        with torch.no_grad():  # the words read alone, beside the picture
            found["logits_per_image"] = model(**inputs, **more, use_itm_head=False).itm_score
    return found | {"vision.last_hidden_state": out.last_hidden_state}


def blip(model):
    def make(pick):
        vision = vision_config(hf.BlipVisionConfig, pick)
        text = text_config(hf.BlipTextConfig, pick, bos_token_id=2, pad_token_id=0, sep_token_id=1)
        answers = model is hf.BlipForQuestionAnswering  # its decoder reads what the text half has read
        text.encoder_hidden_size = text.hidden_size if answers else vision.hidden_size
        if answers:
            vision.hidden_size, vision.num_attention_heads = text.hidden_size, text.num_attention_heads
        # transformers 5.24 loses the mask of the question on its way to the decoder (BlipTextAttention hands
        # encoder_attention_mask on as attention_mask, which nobody reads).
        inputs = tokens(pick, VOCABULARY, pad=0, paddings=(False,) if answers else (False, True))
        look, more = seen(pick, vision, pictures=(len(inputs["input_ids"]),))
        if answers:
            inputs = written(pick, VOCABULARY, inputs)
        config = hf.BlipConfig(text_config=text.to_dict(), vision_config=vision.to_dict(), image_text_hidden_size=8)
        return Case(model(config), inputs | {"pixel_values": look}, functools.partial(blip_outputs, **more))
    return make


def vilt_outputs(model, inputs):
    """ViLT draws the order of the patches at every call, which means nothing to attention: here from left to right."""
    def in_order(weights, count, **_):
        return torch.arange(int(count))

    with unittest.mock.patch.object(torch, "multinomial", in_order):
        return outputs_of(model, inputs)


def vilt(model):
    def make(pick):
        heads, width = heads_and_width(pick)
        patch = pick("patch", 4, 2, 3)
        chosen = hf.ViltConfig(vocab_size=VOCABULARY, hidden_size=width, num_attention_heads=heads, num_labels=3,
                               num_hidden_layers=pick("layers", 1, 2, 3), intermediate_size=pick("mlp", 16, 40),
                               patch_size=patch, image_size=patch * pick("patches a side", 2, 3, 4),
                               hidden_act=pick("activation", *ACTIVATIONS), qkv_bias=pick("bias", True, False),
                               layer_norm_eps=pick("eps", 1e-12, 1e-6), max_position_embeddings=20)
        inputs = segments(tokens(pick, VOCABULARY, pad=0))
        look = pixels(pick, picture(pick, patch), pictures=(len(inputs["input_ids"]),))
        return Case(model(chosen), inputs | {"pixel_values": look}, vilt_outputs)
    return make


FAMILIES = {
    "clip": clip,
    "clip_vision": clip_vision,
    "clip_text": clip_words_alone,
    "siglip": siglip,
    "siglip_vision": siglip_vision,
    "siglip_text": siglip_text,
    "blip_matching": blip(hf.BlipForImageTextRetrieval),
    "blip_captions": blip(hf.BlipForConditionalGeneration),
    "blip_answers": blip(hf.BlipForQuestionAnswering),
    "vilt_headless": vilt(hf.ViltModel),
    "vilt_answers": vilt(hf.ViltForQuestionAnswering),
    "vilt_matching": vilt(hf.ViltForImageAndTextRetrieval),
}
