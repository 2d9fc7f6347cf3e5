# SPDX-License-Identifier: GPL-3.0-or-later
"""Random preprocessor files and pictures: the Pillow processors of transformers and the transforms of timm, against the
pixel_values of `headlens-cli trace`. All of Pillow's steps are exact, so only the rounding of float32 is allowed."""
import contextlib
import functools
import json

import numpy as np
import timm
import transformers
from PIL import Image
from safetensors.torch import load_file, save_file

from drawing import Refused
from engine import engine
from picture_files import draw_picture
from processor_options import PATCH, PROCESSORS, limits, processor_options, timm_config

ROUNDING = 1e-5  # of the largest value; a grey level is more than 1e-3 of it


@functools.cache
def weights():
    """A model that takes pixels of any size from one patch up."""
    config = transformers.Dinov2Config(hidden_size=4, num_hidden_layers=1, num_attention_heads=1, image_size=2 * PATCH,
                                       patch_size=PATCH, mlp_ratio=1)
    return transformers.Dinov2Model(config)


def write_config(pick, name, config, folder):
    ending, key = pick("written by", ("ImageProcessor", "image_processor_type"),
                       ("FeatureExtractor", "feature_extractor_type"), ("ImageProcessorFast", "image_processor_type"))
    (folder / "preprocessor_config.json").write_text(json.dumps({key: name + ending, **config}))


@contextlib.contextmanager
def horizontal_first():
    """Pillow's two passes as every version before 13 makes them, for which models were trained. 13 begins with the
    vertical pass where a picture loses more rows than twice its columns; the rounding between the passes differs."""
    whole = Image.Image.resize

    def in_passes(picture, size, resample=None, box=None, reducing_gap=None):
        if resample != Image.Resampling.NEAREST and size[0] != picture.width and size[1] != picture.height:
            picture = whole(picture, (size[0], picture.height), resample)
        return whole(picture, size, resample, box, reducing_gap)

    Image.Image.resize = in_passes
    try:
        yield
    finally:
        Image.Image.resize = whole


def refusing(transform):
    """What the transform answers. What it throws is the library's refusal: a side of no pixels, bytes to normalise."""
    try:
        with horizontal_first():
            return transform()
    except (ValueError, TypeError) as problem:
        raise Refused(str(problem)) from problem


def compare(program, folder, picture, want, allowed=0.0):
    """`allowed`: beyond the rounding of float32."""
    if min(want.shape[-2:]) < PATCH or max(want.shape[-2:]) > 8192:
        raise Refused(f"no model takes pictures of {list(want.shape)}")
    done, said = engine(program).run("trace", "--model", folder, "--device", "cpu", "--image", picture,
                                     "--out", folder / "out.safetensors")
    if not done:
        return said
    got = load_file(folder / "out.safetensors")["pixel_values"]
    if got.shape != want.shape:
        return f"pixel_values: shape {list(got.shape)}, expected {list(want.shape)}"
    gap = (want.double() - got.double()).abs()
    limit = allowed + ROUNDING * max(1.0, want.abs().max().item())
    worst = gap.max().item() / limit
    if worst <= 1:
        return worst
    return f"pixel_values: {(gap > limit).sum().item()} of {gap.numel()} differ, by up to {gap.max().item():.3g}"


def grey_level(processor):
    """What one step of 256 becomes. DINOv3 resizes in float after the rescaling, HeadLens in 8 bits before it."""
    level = processor.rescale_factor if processor.do_rescale else 1.0
    return level / (np.min(processor.image_std) if processor.do_normalize else 1.0)


def transformers_case(kind, program, pick, folder):
    name, config = processor_options(kind, pick)
    path, rgb = draw_picture(pick, folder, *limits(config))
    weights().save_pretrained(folder)
    write_config(pick, name, config, folder)
    has_pillow = hasattr(transformers, name + "ImageProcessorPil")
    processor = getattr(transformers, name + ("ImageProcessorPil" if has_pillow else "ImageProcessor"))(**config)
    want = refusing(lambda: processor(rgb, return_tensors="pt")["pixel_values"])
    return compare(program, folder, path, want, 0.0 if has_pillow else 1.01 * grey_level(processor))


def timm_case(program, pick, folder):
    config = timm_config(pick)
    path, rgb = draw_picture(pick, folder, 1, 15)
    model = timm.models.VisionTransformer(img_size=config["input_size"][1:], patch_size=PATCH, embed_dim=12, depth=1,
                                          num_heads=3, num_classes=0)
    save_file(model.state_dict(), folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps({"architecture": "vit_tiny_patch16_224", "num_classes": 0,
                                                    "pretrained_cfg": config}))
    transform = timm.data.create_transform(**timm.data.resolve_data_config(pretrained_cfg=config))
    return compare(program, folder, path, refusing(lambda: transform(rgb).unsqueeze(0)))


CASES = {kind: functools.partial(transformers_case, kind) for kind in PROCESSORS} | {"pictures-timm": timm_case}
