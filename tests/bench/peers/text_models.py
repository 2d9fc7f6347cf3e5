# SPDX-License-Identifier: GPL-3.0-or-later
"""BERT and GPT-2 in plain PyTorch, as vision_models.py has the models of pictures; reads the folders that
make_text_models.py writes. GPT-2 answers the scores of its vocabulary at every place, as HeadLens computes them."""
import os

import torch
from torch import nn

from vision_models import Attention, Block, config_of, read_safetensors

TOKENS = {"bert": 128, "gpt2": 256}  # as HeadLens is asked


class BertBlock(Block):
    """The norm stands after the sum."""

    def forward(self, x):
        mixed, weights = self.attention(x)
        x = self.before(x + mixed)
        return self.after(x + self.mlp(x)), weights


class Bert(nn.Module):
    def __init__(self, config, keep):
        super().__init__()
        width, eps = config["hidden_size"], config["layer_norm_eps"]
        self.keep = keep
        self.tokens = nn.Embedding(config["vocab_size"], width)
        self.positions = nn.Embedding(config["max_position_embeddings"], width)
        self.segments = nn.Embedding(config["type_vocab_size"], width)
        self.norm, self.pooler = nn.LayerNorm(width, eps), nn.Linear(width, width)
        self.blocks = nn.ModuleList(BertBlock(width, config["num_attention_heads"], config["intermediate_size"], eps)
                                    for _ in range(config["num_hidden_layers"]))

    def forward(self, ids):
        x = self.norm(self.tokens(ids) + self.positions.weight[:ids.shape[1]] + self.segments.weight[0])
        maps = []
        for block in self.blocks:
            x, weights = block(x)
            if self.keep:
                maps.append(weights)
        return (x, torch.tanh(self.pooler(x[:, 0])), *maps)

    def fill(self, stored):
        names = {"tokens": "embeddings.word_embeddings", "positions": "embeddings.position_embeddings",
                 "segments": "embeddings.token_type_embeddings", "norm": "embeddings.LayerNorm", "pooler": "pooler.dense",
                 "attention.query": "attention.self.query", "attention.key": "attention.self.key",
                 "attention.value": "attention.self.value", "attention.output": "attention.output.dense",
                 "before": "attention.output.LayerNorm", "after": "output.LayerNorm", "up": "intermediate.dense",
                 "down": "output.dense"}
        for name, parameter in self.named_parameters():
            part, _, kind = name.rpartition(".")
            number, inner = part.split(".", 2)[1:] if part.startswith("blocks.") else (None, part)
            place = f"encoder.layer.{number}." if number else ""
            parameter.copy_(stored[f"{place}{names[inner]}.{kind}"])


class CausalBlock(Block):
    def mlp(self, x):
        return self.down(nn.functional.gelu(self.up(x), approximate="tanh"))

    def forward(self, x, forbidden):
        mixed, weights = self.attention(self.before(x), forbidden)
        x = x + mixed
        return x + self.mlp(self.after(x)), weights


class Gpt2(nn.Module):
    def __init__(self, config, keep):
        super().__init__()
        width = config["n_embd"]
        self.keep = keep
        self.tokens, self.positions = nn.Embedding(config["vocab_size"], width), nn.Embedding(config["n_positions"], width)
        self.norm = nn.LayerNorm(width, config["layer_norm_epsilon"])
        self.blocks = nn.ModuleList(CausalBlock(width, config["n_head"], 4 * width, config["layer_norm_epsilon"])
                                    for _ in range(config["n_layer"]))

    def forward(self, ids):
        x = self.tokens(ids) + self.positions.weight[:ids.shape[1]]
        forbidden = torch.full((ids.shape[1], ids.shape[1]), -1e30).triu(1)
        maps = []
        for block in self.blocks:
            x, weights = block(x, forbidden)
            if self.keep:
                maps.append(weights)
        return (nn.functional.linear(self.norm(x), self.tokens.weight), *maps)

    def fill(self, stored):
        stored = {name.removeprefix("transformer."): tensor for name, tensor in stored.items()}
        self.tokens.weight.copy_(stored["wte.weight"])
        self.positions.weight.copy_(stored["wpe.weight"])
        norms = [(self.norm, "ln_f")]
        for i, block in enumerate(self.blocks):
            attention = block.attention
            norms += [(block.before, f"h.{i}.ln_1"), (block.after, f"h.{i}.ln_2")]
            for layer, name in ((attention.output, "attn.c_proj"), (block.up, "mlp.c_fc"), (block.down, "mlp.c_proj")):
                layer.weight.copy_(stored[f"h.{i}.{name}.weight"].T)  # Conv1D keeps [in,out]
                layer.bias.copy_(stored[f"h.{i}.{name}.bias"])
            together = (attention.query, attention.key, attention.value)
            for layer, weight, bias in zip(together, stored[f"h.{i}.attn.c_attn.weight"].T.chunk(3),
                                           stored[f"h.{i}.attn.c_attn.bias"].chunk(3)):
                layer.weight.copy_(weight)
                layer.bias.copy_(bias)
        for norm, name in norms:
            norm.weight.copy_(stored[name + ".weight"])
            norm.bias.copy_(stored[name + ".bias"])


MODELS = {"bert": Bert, "gpt2": Gpt2}


def input_of(folder):
    return torch.arange(TOKENS[config_of(folder)["model_type"]]).view(1, -1) + 1000


def load(folder, keep=False, fused=False):
    """As vision_models.load()."""
    config = config_of(folder)
    model = MODELS[config["model_type"]](config, keep)
    with torch.no_grad():
        model.fill(read_safetensors(os.path.join(folder, "model.safetensors")))
    for module in model.modules():
        if isinstance(module, Attention):
            module.fused = fused
    return model.eval(), input_of(folder)
