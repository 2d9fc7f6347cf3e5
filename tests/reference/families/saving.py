# SPDX-License-Identifier: GPL-3.0-or-later
"""How a random model gets its weights and lies on the disk."""
import copy

import torch
from safetensors.torch import load_file, save_file


def computed(name, parameter):
    """Marian's sinusoids, which its files leave out."""
    return not parameter.requires_grad and "embed_positions" in name


def give_weights(model, seed):
    """Large enough for maps that differ from uniform ones, small enough to stay in range through every layer."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if computed(name, parameter):
                continue
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() > 1:
                parameter.copy_(noise / max(1, parameter[0].numel()) ** 0.5)
            else:
                parameter.add_(noise * 0.1)


def round_weights(model, kind):
    """What the file will hold, buffers too: the library computes from the same numbers."""
    with torch.no_grad():
        for name, tensor in model.state_dict(keep_vars=True).items():
            if tensor.is_floating_point() and not computed(name, tensor):
                tensor.copy_(tensor.to(kind))


def of_kind(tensors, kind):
    return {name: tensor.to(kind) if tensor.is_floating_point() and "embed_positions" not in name else tensor
            for name, tensor in tensors.items()}


def save_pretrained(model, folder, kind, pick):
    layout = pick("layout", "safetensors", "pickle", "state_dict")
    copy.deepcopy(model).to(kind).save_pretrained(folder)
    if layout != "safetensors":
        # As transformers 4 wrote it; or as people save what transformers 5 holds, whose names differ from its files'.
        names = load_file(folder / "model.safetensors") if layout == "pickle" else of_kind(model.state_dict(), kind)
        torch.save(names, folder / "pytorch_model.bin")
        (folder / "model.safetensors").unlink()


def save_tensors(tensors, folder, kind, pick):
    """One file of weights and nothing else: a published .pth, wrapped or not."""
    tensors = {name: tensor.clone() for name, tensor in of_kind(tensors, kind).items()}
    layout = pick("layout", "safetensors", "pickle", "model", "legacy")
    if layout == "safetensors":
        save_file(tensors, folder / "model.safetensors")
    else:
        torch.save({"model": tensors} if layout == "model" else tensors, folder / "model.pth",
                   _use_new_zipfile_serialization=layout != "legacy")
