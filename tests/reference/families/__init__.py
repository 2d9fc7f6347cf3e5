# SPDX-License-Identifier: GPL-3.0-or-later
"""Every family that HeadLens opens, as the library that invented its files builds it. A family is one function, which
draws a configuration with `pick(name, *options)` and answers a Case; the first option is the plainest, and what a
failing case shrinks to."""
from . import (decoders, encoder_decoders, original_files, pictures, pictures_and_texts, seeing_decoders, texts,
               timm_models, torchvision_models, two_towers)

MODULES = (pictures, texts, decoders, encoder_decoders, two_towers, pictures_and_texts, seeing_decoders, timm_models,
           torchvision_models, original_files)
FAMILIES = {name: make for module in MODULES for name, make in module.FAMILIES.items()}
