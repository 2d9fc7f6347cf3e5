# SPDX-License-Identifier: GPL-3.0-or-later
"""What one draw of a family is: a model with its inputs, how it is saved, and what the library computes from it."""
import collections.abc
import dataclasses

import torch

from .outputs import outputs_of
from .saving import save_pretrained


@dataclasses.dataclass
class Case:
    model: torch.nn.Module
    inputs: dict  # both sides get these
    compute: collections.abc.Callable = outputs_of  # (model, inputs) -> the trace's names and their tensors
    save: collections.abc.Callable = save_pretrained  # (model, folder, type of the weights, pick)
    settings: tuple = ()  # KEY=VALUE of --set: what the file itself does not hold
