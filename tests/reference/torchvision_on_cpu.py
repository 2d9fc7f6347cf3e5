# SPDX-License-Identifier: GPL-3.0-or-later
"""Import before torchvision: its wheel of the package index is built for CUDA and leaves its operators out beside a CPU
build of torch, which makes its import fail. Nothing here calls them; their names are enough."""
import torch

_NAMES = [name + ending for name in ("roi_align", "roi_pool", "ps_roi_align", "ps_roi_pool") for ending in ("", "_backward")]
_OPERATORS = torch.library.Library("torchvision", "DEF")
for _name in ["nms", "qnms", "qroi_align", *_NAMES, *("_" + name for name in _NAMES)]:
    _OPERATORS.define(_name + "(Tensor any) -> Tensor")
