# SPDX-License-Identifier: GPL-3.0-or-later
"""BLIP and ViLT: texts that look at a picture while they are read."""
import functools
import unittest.mock

import torch
import transformers as hf

from .case import Case
from .drawn import ACTIVATIONS, heads_and_width, picture, pixels, segments, tokens, written
from .outputs import first_argument, outputs_of, second_output, watched
from .two_towers import VOCABULARY, seen, text_config, vision_config


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
    "blip_matching": blip(hf.BlipForImageTextRetrieval),
    "blip_captions": blip(hf.BlipForConditionalGeneration),
    "blip_answers": blip(hf.BlipForQuestionAnswering),
    "vilt_headless": vilt(hf.ViltModel),
    "vilt_answers": vilt(hf.ViltForQuestionAnswering),
    "vilt_matching": vilt(hf.ViltForImageAndTextRetrieval),
}
