# SPDX-License-Identifier: GPL-3.0-or-later
"""Random contents of preprocessor_config.json, for every class that HeadLens reads, and of timm's pretrained_cfg."""

PATCH = 16


def some_side(pick, name, *first):
    return pick(name, *first, 32, 33, 48, 55, 64, 17)


def square_or_not(pick, name, *first):
    """A size in each of the three ways to write it."""
    side = some_side(pick, name, *first)
    other = some_side(pick, name + " across")
    return pick(name + " as", side, {"height": side, "width": other}, [side, other])


def edge(pick, *first):
    """Of a class that keeps the aspect."""
    side = some_side(pick, "shortest", *first)
    return pick("size as", {"shortest_edge": side}, side, {"shortest_edge": side, "longest_edge": side + side // 2 + 8},
                {"height": side, "width": some_side(pick, "across")})


def maybe(pick, config, name, *options):
    """Absent, or one of the options."""
    value = pick(name, "absent", *options)
    if value != "absent":
        config[name] = value


def common(pick, config):
    """What every class reads. The library takes a null flag for False."""
    if "resample" not in config:
        maybe(pick, config, "resample", 3, 2, 0, 1, 4, 5)
    maybe(pick, config, "do_resize", True, True, False, None)
    maybe(pick, config, "do_rescale", True, True, False, None)
    maybe(pick, config, "rescale_factor", 1 / 255, 1 / 127.5, 0.5)
    maybe(pick, config, "do_normalize", True, True, False, None)
    maybe(pick, config, "do_convert_rgb", True)
    maybe(pick, config, "image_mean", [0.5, 0.5, 0.5], [0.485, 0.456, 0.406], 0.4)
    maybe(pick, config, "image_std", [0.5, 0.5, 0.5], [0.229, 0.224, 0.225], 0.3)
    return config


def crop(pick, config, wanted):
    maybe(pick, config, "do_center_crop", True, False, None)
    if wanted or config.get("do_center_crop"):
        config["crop_size"] = square_or_not(pick, "crop_size", 224)
    return config


def squash(pick, name):
    config = {"size": square_or_not(pick, "size", 224)}
    if name == "Siglip" and isinstance(config["size"], int):  # transformers 4 refuses it, 5 keeps the aspect
        config["size"] = {"height": config["size"], "width": config["size"]}
    if name in ("Blip", "ViT", "Siglip") and pick("size", "given", "absent") == "absent":
        del config["size"]
    if name in ("DeiT", "Beit", "ViT"):
        crop(pick, config, name != "ViT")
    if name == "Beit":  # its defaults changed between transformers 4 and 5
        config.setdefault("do_center_crop", False)
    return config


def aspect(pick, name):
    config = {"size": edge(pick, 224)}
    if pick("size", "given", "absent") == "absent":
        del config["size"]
    return crop(pick, config, pick("crop_size", False, True))


def convnext(pick, name):
    side = some_side(pick, "shortest", 224, 383, 384)
    config = {"size": pick("size as", {"shortest_edge": side}, side)}
    config["resample"] = pick("resample", 3, 2, 1)  # its default changed between transformers 4 and 5
    maybe(pick, config, "crop_pct", 0.875, 0.95, 1.0, 0.6)
    return config


def vilt(pick, name):
    side = pick("shortest", 384, 128, 200)
    config = {"size": pick("size as", {"shortest_edge": side}, side)}
    maybe(pick, config, "size_divisor", 32, 16, 48)
    return config


def dino3(pick, name):
    """Only bilinear, which its files name: HeadLens resizes in 8 bits, the library in float, one grey level apart."""
    return {"size": square_or_not(pick, "size", 224), "resample": 2}


# Kind -> (classes, how their options are drawn).
PROCESSORS = {"pictures-squashed": (("ViT", "DeiT", "Beit", "Siglip", "Blip"), squash),
              "pictures-cropped": (("CLIP", "Bit"), aspect),
              "pictures-convnext": (("ConvNext",), convnext),
              "pictures-vilt": (("Vilt",), vilt),
              "pictures-dinov3": (("DINOv3ViT",), dino3)}


def processor_options(kind, pick):
    """(class without its ending, contents of the file)"""
    names, draw = PROCESSORS[kind]
    name = pick("class", *names)
    return name, common(pick, draw(pick, name))


def limits(config):
    """(smallest side, slimmest) of a picture that leaves a patch, and at most the 8192 pixels that HeadLens makes."""
    size = config.get("size", 384)
    shortest = size if isinstance(size, int) else size.get("shortest_edge", 1) if isinstance(size, dict) else 1
    return 1 if config.get("do_resize", True) else PATCH, max(1, int(8192 * config.get("crop_pct", 0.8) / shortest))


def timm_config(pick):
    side = some_side(pick, "side", 224)
    config = {"input_size": [3, side, pick("across", side, 48)], "num_classes": 0}
    maybe(pick, config, "interpolation", "bicubic", "bilinear", "lanczos", "nearest", "box", "hamming")
    maybe(pick, config, "crop_pct", 0.875, 0.9, 1.0, 0.95, 0.5)
    maybe(pick, config, "crop_mode", "center", "squash", "border")
    maybe(pick, config, "mean", [0.5, 0.5, 0.5], [0.485, 0.456, 0.406], [0.1, 0.9, 0.3])
    maybe(pick, config, "std", [0.5, 0.5, 0.5], [0.229, 0.224, 0.225])
    return config
