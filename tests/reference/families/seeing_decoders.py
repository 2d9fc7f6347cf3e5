# SPDX-License-Identifier: GPL-3.0-or-later
"""transformers' language models that see: the vectors of pictures among the words."""
import torch
import transformers as hf

from .case import Case
from .outputs import named

PATCH = 4


def seeing_outputs(model, inputs):
    with torch.no_grad():
        out = model(**inputs, output_attentions=True, output_hidden_states=True)
    found = named("text.", out.attentions, out.hidden_states)
    return found | {"logits": out.logits}


def sentence(pick, token, each, pictures, vocabulary):
    """Words around the places of every picture, each picture in one text of its own."""
    rows = []
    for _ in range(pictures):
        before, behind = pick("words before", 2, 1, 4), pick("words behind", 3, 2)
        rows.append([*torch.randint(3, vocabulary, (before,)).tolist(), *[token] * each,
                     *torch.randint(3, vocabulary, (behind,)).tolist()])
    longest = max(len(row) for row in rows)
    ids = torch.tensor([[0] * (longest - len(row)) + row for row in rows])
    mask = torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in rows])
    return {"input_ids": ids, "attention_mask": mask}


def tower(config, pick, side, **more):
    heads = pick("heads of the tower", 2, 1)
    return config(hidden_size=heads * 8, num_hidden_layers=pick("blocks", 2, 3), num_attention_heads=heads,
                  intermediate_size=20, image_size=side * PATCH, patch_size=PATCH, **more)


def decoder_sizes(pick, vocabulary):
    heads = pick("heads", 2, 4)
    return {"vocab_size": vocabulary, "hidden_size": heads * 8, "num_attention_heads": heads,
            "num_key_value_heads": heads // pick("heads a key", 1, 2), "num_hidden_layers": pick("layers", 2, 1),
            "intermediate_size": 24, "max_position_embeddings": 128, "head_dim": 8, "pad_token_id": 0,
            "bos_token_id": 1, "eos_token_id": 2}


def llava(pick):
    side, vocabulary = pick("patches a side", 2, 3), 40
    full = pick("strategy", "default", "full")
    text = {"llama": hf.LlamaConfig, "mistral": hf.MistralConfig}[pick("decoder", "llama", "mistral")]
    config = hf.LlavaConfig(vision_config=tower(hf.CLIPVisionConfig, pick, side, projection_dim=8),
                            text_config=text(**decoder_sizes(pick, vocabulary)), image_token_index=vocabulary - 1,
                            vision_feature_layer=pick("layer", -2, -1, [-2, -1]), vision_feature_select_strategy=full,
                            multimodal_projector_bias=pick("bias", True, False))
    pictures = pick("pictures", 1, 2)
    inputs = sentence(pick, vocabulary - 1, side * side + (full == "full"), pictures, vocabulary - 1)
    inputs["pixel_values"] = torch.randn(pictures, 3, side * PATCH, side * PATCH)
    return Case(hf.LlavaForConditionalGeneration(config), inputs, seeing_outputs)


def paligemma(pick):
    side, vocabulary = pick("patches a side", 2, 3), 40
    text = {"gemma": hf.GemmaConfig, "gemma2": hf.Gemma2Config}[pick("decoder", "gemma", "gemma2")]
    sizes = decoder_sizes(pick, vocabulary)
    vision = tower(hf.SiglipVisionConfig, pick, side, vision_use_head=False, projection_dim=sizes["hidden_size"])
    config = hf.PaliGemmaConfig(vision_config=vision, text_config=text(**sizes), image_token_index=vocabulary + 3,
                                projection_dim=sizes["hidden_size"])
    inputs = sentence(pick, vocabulary + 3, side * side, 1, vocabulary)
    inputs["pixel_values"] = torch.randn(1, 3, side * PATCH, side * PATCH)
    inputs["token_type_ids"] = torch.zeros_like(inputs["input_ids"])
    return Case(hf.PaliGemmaForConditionalGeneration(config), inputs, seeing_outputs)


def gemma3(pick):
    side, across, vocabulary = 4, pick("vectors a side", 2, 4, 1), 40
    sizes = decoder_sizes(pick, vocabulary)
    config = hf.Gemma3Config(
        vision_config=tower(hf.SiglipVisionConfig, pick, side, vision_use_head=False),
        text_config=hf.Gemma3TextConfig(**sizes, query_pre_attn_scalar=pick("scalar", 8, 20), sliding_window=32),
        mm_tokens_per_image=across * across, image_token_index=vocabulary - 1)
    inputs = sentence(pick, vocabulary - 1, across * across, 1, vocabulary - 1)
    inputs["pixel_values"] = torch.randn(1, 3, side * PATCH, side * PATCH)
    inputs["token_type_ids"] = (inputs["input_ids"] == vocabulary - 1).long()
    return Case(hf.Gemma3ForConditionalGeneration(config), inputs, seeing_outputs)


FAMILIES = {"llava": llava, "paligemma": paligemma, "gemma3_pictures": gemma3}
