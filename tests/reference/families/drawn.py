# SPDX-License-Identifier: GPL-3.0-or-later
"""What the families draw alike: heads, pictures and texts."""
import torch

ACTIVATIONS = ("gelu", "gelu_new", "relu", "silu", "quick_gelu", "gelu_pytorch_tanh")


def heads_and_width(pick, each=(4, 8, 12, 16)):
    heads = pick("heads", 1, 2, 3, 4)
    return heads, heads * pick("width of a head", *each)


def picture(pick, patch, sides=(1, 2, 3, 4, 5)):
    """Rectangles of whole patches: (height, width) in pixels."""
    return [patch * pick("patches down", *sides), patch * pick("patches across", *sides)]


def pixels(pick, size, channels=3, pictures=(1, 2)):
    return torch.randn(pick("pictures", *pictures), channels, *size)


def tokens(pick, vocabulary, longest=12, low=3, pad=None, rows=(1, 2), paddings=(False, True)):
    """input_ids with padding on the right; `pad`: the token that stands there."""
    rows, length = pick("texts", *rows), pick("tokens", 3, 2, 5, 8, longest)
    ids = torch.randint(low, vocabulary, (rows, length))
    mask = torch.ones_like(ids)
    if rows > 1 and pick("padding", *paddings):
        mask[1, -1] = 0
        if pad is not None:
            ids[1, -1] = pad
    return {"input_ids": ids, "attention_mask": mask}


def segments(inputs):
    """The second half of every text is a second sentence."""
    ids = inputs["input_ids"]
    second = torch.arange(ids.shape[1]) >= ids.shape[1] // 2
    return {**inputs, "token_type_ids": second.long().expand_as(ids).contiguous()}


def written(pick, vocabulary, inputs):
    rows = inputs["input_ids"].shape[0]
    return {**inputs, "decoder_input_ids": torch.randint(3, vocabulary, (rows, pick("written", 2, 1, 4, 6)))}
