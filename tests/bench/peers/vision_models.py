# SPDX-License-Identifier: GPL-3.0-or-later
"""The compared architectures in plain PyTorch, written as Hugging Face's eager path computes them (query, key and value
as three layers, softmax over the whole map), reading the folders that make_real_model writes."""
import json
import os
import struct

import torch
from torch import nn

DTYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    whole = torch.frombuffer(data, dtype=torch.uint8)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = whole[begin:end].clone().view(DTYPES[entry["dtype"]]).view(entry["shape"]).float()
    return tensors


class Attention(nn.Module):
    """softmax(q k^T / sqrt(d) + bias) v; answers the mixed values and the map [B,H,N,N]."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.size, self.fused = heads, width // heads, False
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.output = nn.Linear(width, width)

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, self.size).transpose(1, 2)

    def join_heads(self, x):
        return x.transpose(1, 2).reshape(x.shape[0], x.shape[2], self.heads * self.size)

    def forward(self, x, bias=None):
        q, k, v = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        if self.fused:  # no map exists
            mixed = nn.functional.scaled_dot_product_attention(q, k, v, bias)
            return self.output(self.join_heads(mixed)), None
        scores = torch.matmul(q, k.transpose(-1, -2)) / self.size**0.5
        if bias is not None:
            scores = scores + bias
        weights = scores.softmax(-1)
        return self.output(self.join_heads(torch.matmul(weights, v))), weights


class Block(nn.Module):
    def __init__(self, width, heads, inner, eps, scaled=False, gated=False):
        super().__init__()
        self.gated = gated
        self.before, self.after = nn.LayerNorm(width, eps), nn.LayerNorm(width, eps)
        self.attention = Attention(width, heads)
        self.up, self.down = nn.Linear(width, inner * (2 if gated else 1)), nn.Linear(inner, width)
        self.scale1 = nn.Parameter(torch.ones(width)) if scaled else None
        self.scale2 = nn.Parameter(torch.ones(width)) if scaled else None

    def mlp(self, x):
        if self.gated:
            gate, inner = self.up(x).chunk(2, -1)
            return self.down(nn.functional.silu(gate) * inner)
        return self.down(nn.functional.gelu(self.up(x)))

    def forward(self, x):
        mixed, weights = self.attention(self.before(x))
        x = x + (mixed if self.scale1 is None else mixed * self.scale1)
        inner = self.mlp(self.after(x))
        return x + (inner if self.scale2 is None else inner * self.scale2), weights


class Vit(nn.Module):
    """ViT, DeiT, DINO v1 and DINOv2 without the classifier."""

    def __init__(self, config, keep):
        super().__init__()
        width, patch = config["hidden_size"], config["patch_size"]
        inner = config.get("intermediate_size", 4 * width)
        self.keep = keep
        self.patches = nn.Conv2d(3, width, patch, patch)
        self.cls = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(torch.zeros(1, 1 + (config["image_size"] // patch) ** 2, width))
        scaled, gated = config["model_type"] == "dinov2", config.get("use_swiglu_ffn", False)
        if gated:  # as Hugging Face rounds it
            inner = (int(inner * 2 / 3) + 7) // 8 * 8
        self.blocks = nn.ModuleList(
            Block(width, config["num_attention_heads"], inner, config["layer_norm_eps"], scaled, gated)
            for _ in range(config["num_hidden_layers"]))
        self.norm = nn.LayerNorm(width, config["layer_norm_eps"])

    def forward(self, pixels):
        x = self.patches(pixels).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls.expand(x.shape[0], -1, -1), x], 1) + self.positions
        maps = []
        for block in self.blocks:
            x, weights = block(x)
            if self.keep:
                maps.append(weights)
        return (self.norm(x), *maps)


class SwinAttention(Attention):
    def __init__(self, width, heads, window):
        super().__init__(width, heads)
        self.table = nn.Parameter(torch.zeros((2 * window - 1) ** 2, heads))
        at = torch.stack(torch.meshgrid(torch.arange(window), torch.arange(window), indexing="ij")).flatten(1)
        offset = (at[:, :, None] - at[:, None, :]) + window - 1
        self.register_buffer("index", offset[0] * (2 * window - 1) + offset[1], persistent=False)

    def bias(self):
        n = self.index.shape[0]
        return self.table[self.index.view(-1)].view(n, n, -1).permute(2, 0, 1)


class SwinBlock(Block):
    def __init__(self, width, heads, window, side, shift, eps):
        super().__init__(width, heads, 4 * width, eps)
        self.attention = SwinAttention(width, heads, window)
        self.window, self.side, self.shift = window, side, shift
        if shift:
            region = torch.zeros(1, side, side, 1)
            cuts = (slice(0, -window), slice(-window, -shift), slice(-shift, None))
            for i, rows in enumerate(cuts):
                for j, columns in enumerate(cuts):
                    region[:, rows, columns, :] = 3 * i + j
            flat = self.cut(region).squeeze(-1)
            self.register_buffer("mask", (flat[:, None, :] != flat[:, :, None]).float() * -100.0, persistent=False)

    def cut(self, x):
        w = self.window
        x = x.view(x.shape[0], self.side // w, w, self.side // w, w, x.shape[-1])
        return x.permute(0, 1, 3, 2, 4, 5).reshape(-1, w * w, x.shape[-1])

    def join(self, x):
        w, count = self.window, self.side // self.window
        x = x.view(-1, count, count, w, w, x.shape[-1])
        return x.permute(0, 1, 3, 2, 4, 5).reshape(-1, self.side, self.side, x.shape[-1])

    def forward(self, x):
        tokens = self.before(x).view(x.shape[0], self.side, self.side, x.shape[-1])
        if self.shift:
            tokens = torch.roll(tokens, (-self.shift, -self.shift), (1, 2))
        bias = self.attention.bias()
        if self.shift:
            bias = bias[None] + self.mask[:, None]
        mixed, weights = self.attention(self.cut(tokens), bias)
        mixed = self.join(mixed)
        if self.shift:
            mixed = torch.roll(mixed, (self.shift, self.shift), (1, 2))
        x = x + mixed.reshape(x.shape)
        return x + self.mlp(self.after(x)), weights


class Merging(nn.Module):
    def __init__(self, width, side):
        super().__init__()
        self.side, self.norm, self.reduction = side, nn.LayerNorm(4 * width, 1e-5), nn.Linear(4 * width, 2 * width, False)

    def forward(self, x):
        m = x.view(x.shape[0], self.side, self.side, x.shape[-1])
        m = torch.cat([m[:, 0::2, 0::2], m[:, 1::2, 0::2], m[:, 0::2, 1::2], m[:, 1::2, 1::2]], -1)
        return self.reduction(self.norm(m.flatten(1, 2)))


class Swin(nn.Module):
    def __init__(self, config, keep):
        super().__init__()
        width, window, patch = config["embed_dim"], config["window_size"], config["patch_size"]
        self.keep = keep
        self.patches, self.patch_norm = nn.Conv2d(3, width, patch, patch), nn.LayerNorm(width, 1e-5)
        side, blocks = config["image_size"] // patch, []
        for stage, (depth, heads) in enumerate(zip(config["depths"], config["num_heads"])):
            inside = side <= window
            for i in range(depth):
                shift = window // 2 if i % 2 and not inside else 0
                blocks.append(SwinBlock(width, heads, min(window, side), side, shift, 1e-5))
            if stage + 1 < len(config["depths"]):
                blocks.append(Merging(width, side))
                width, side = 2 * width, side // 2
        self.blocks = nn.ModuleList(blocks)
        self.norm = nn.LayerNorm(width, 1e-5)

    def forward(self, pixels):
        x = self.patch_norm(self.patches(pixels).flatten(2).transpose(1, 2))
        maps = []
        for block in self.blocks:
            if isinstance(block, Merging):
                x = block(x)
                continue
            x, weights = block(x)
            if self.keep:
                maps.append(weights)
        return (self.norm(x), *maps)


# Ours on the left, Hugging Face's words on the right; DINOv2 and Swin differ in a few.
BLOCK = {"before": "layernorm_before", "after": "layernorm_after", "attention.query": "attention.attention.query",
         "attention.key": "attention.attention.key", "attention.value": "attention.attention.value",
         "attention.output": "attention.output.dense", "up": "intermediate.dense", "down": "output.dense"}
DINO = {"before": "norm1", "after": "norm2", "up": "mlp.fc1", "down": "mlp.fc2", "scale1": "layer_scale1.lambda1",
        "scale2": "layer_scale2.lambda1"}
SWIN = {"attention.query": "attention.self.query", "attention.key": "attention.self.key",
        "attention.value": "attention.self.value", "attention.table": "attention.self.relative_position_bias_table"}


def stored_name(ours, config):
    swin, dino = config["model_type"] == "swin", config["model_type"] == "dinov2"
    feed = {"up": "mlp.weights_in", "down": "mlp.weights_out"} if config.get("use_swiglu_ffn") else {}
    part, _, kind = ours.rpartition(".")
    if ours in ("cls", "positions"):
        return "embeddings." + {"cls": "cls_token", "positions": "position_embeddings"}[ours]
    if part in ("patches", "patch_norm", "norm"):
        return {"patches": "embeddings.patch_embeddings.projection", "patch_norm": "embeddings.norm",
                "norm": "layernorm"}[part] + "." + kind
    _, number, inner = ours.split(".", 2)
    words = {**BLOCK, **(DINO if dino else {}), **feed, **(SWIN if swin else {})}
    place = "encoder.layer." + number
    if swin:
        place, number = "encoder.layers.", int(number)
        for stage, depth in enumerate(config["depths"]):
            if number < depth:
                place += f"{stage}.blocks.{number}"
                break
            if number == depth:
                place += f"{stage}.downsample"
                break
            number -= depth + 1
    whole = inner if inner in words else None
    if whole:
        return f"{place}.{words[whole]}"
    inner_part, _, inner_kind = inner.rpartition(".")
    return f"{place}.{words.get(inner_part, inner_part)}.{inner_kind}"


def config_of(folder):
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        return json.load(file)


def input_of(folder):
    """Pixels of the size that the model was trained on: [1,3,side,side]."""
    side = config_of(folder)["image_size"]
    return torch.linspace(-1, 1, 3 * side * side).view(1, 3, side, side)


def load(folder, keep=False, fused=False):
    """The model of a folder with its weights, and its pixels. keep: answers every attention map, too; fused: attention by
    scaled_dot_product_attention."""
    config = config_of(folder)
    stored = read_safetensors(os.path.join(folder, "model.safetensors"))
    prefix = next((p for p in ("vit.", "deit.", "swin.", "") if p + "embeddings.patch_embeddings.projection.weight" in stored))
    model = (Swin if config["model_type"] == "swin" else Vit)(config, keep)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(stored[prefix + stored_name(name, config)])
    for module in model.modules():
        if isinstance(module, Attention):
            module.fused = fused
    return model.eval(), input_of(folder)
