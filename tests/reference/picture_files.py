# SPDX-License-Identifier: GPL-3.0-or-later
"""Random picture files: every format and mode that HeadLens reads, from one pixel to extreme aspect ratios, and the RGB
picture that each must become."""
import numpy as np
from PIL import Image, ImageFile, ImageOps

# Format -> modes. "RGB+t" and its like carry a tRNS chunk. Not drawn: CMYK, where OpenCV's conversion, which gives its own
# RGB only, is 2 grey levels from Pillow's.
FORMATS = {"png": ("RGB", "L", "1", "LA", "P", "P+t", "RGBA", "I;16", "RGB+t", "L+t"),
           "jpg": ("RGB", "L"),
           "bmp": ("RGB", "L", "1", "P", "RGBA"),
           "webp": ("RGB", "RGBA"),
           "tif": ("RGB", "L", "1", "LA", "P", "RGBA", "I;16"),
           "gif": ("P", "L", "1", "P+t"),
           "ppm": ("RGB", "L", "1")}
ORIENTATION = 0x0112
ImageFile.MAXBLOCK = 1 << 20  # Pillow's buffer is too small for some progressive JPEGs


def content(pick, generator, height, width):
    """RGB: noise, which shows every tap of a filter; a smooth ramp; blocks, whose edges overshoot."""
    kind = pick("content", "noise", "ramp", "blocks")
    if kind == "noise":
        return generator.integers(0, 256, (height, width, 3), dtype=np.uint8)
    if kind == "blocks":
        few = generator.integers(0, 2, (height // 9 + 1, width // 9 + 1, 3), dtype=np.uint8) * 255
        return few.repeat(9, 0).repeat(9, 1)[:height, :width]
    down, across = np.mgrid[0:height, 0:width] / max(height, width, 2)
    return np.uint8(np.stack([255 * down, 255 * across, 127 * (down + across)], -1))


def in_mode(pixels, mode, generator):
    """(picture, options of save)"""
    base = Image.fromarray(np.ascontiguousarray(pixels))
    if mode == "I;16":
        low = generator.integers(0, 256, pixels.shape[:2], dtype=np.uint16)
        return Image.fromarray(pixels[..., 0].astype(np.uint16) * 256 + low), {}
    plain = mode.removesuffix("+t")
    picture = base.quantize(64) if plain == "P" else base.convert(plain)
    if plain in ("LA", "RGBA"):
        picture.putalpha(Image.fromarray(np.ascontiguousarray(pixels[..., 1])))
    transparent = {"P": 1, "L": 77, "RGB": (0, 255, 0)}
    return picture, {"transparency": transparent[plain]} if mode.endswith("+t") else {}


def options_of(pick, form):
    if form == "jpg":
        return {"quality": pick("quality", 90, 30, 100), "subsampling": pick("subsampling", 0, 1, 2),
                "progressive": pick("progressive", False, True)}
    if form == "webp":
        return {"lossless": pick("lossless", True, False), "exact": True}
    if form == "gif":
        return {"interlace": pick("interlace", 0, 1)}
    if form == "tif":
        return {"compression": pick("compression", "raw", "tiff_lzw", "tiff_adobe_deflate", "packbits")}
    return {}


def eight_bits(levels):
    """Of 16-bit grey the upper 8 bits, where Pillow makes all above 255 white; of 12 bits or fewer their upper 8."""
    bits = int(levels.max()).bit_length()
    return np.uint8(levels >> 8 if bits > 12 else levels >> (bits - 8) if bits >= 8 else levels << (8 - bits))


def upright_rgb(picture):
    """As HeadLens promises: the first picture of those that move, turned as EXIF says, then Pillow's convert("RGB"), but for
    16 bits. transformers 5.24 lays what is transparent on white, which none before it did."""
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I;16"):
        picture = Image.fromarray(eight_bits(np.array(picture)))
    picture = picture.convert("RGB")
    picture.info.pop("transparency", None)
    return picture


def draw_picture(pick, folder, smallest=1, slimmest=150):
    """(path, RGB picture), at most `slimmest` times as long as wide."""
    generator = np.random.default_rng(pick.seed)
    sides = [side for side in (64, 1, 2, 3, 16, 17, 33, 100, 224, 299) if side >= smallest]
    height, width = pick("height", *sides), pick("width", *sides)
    height, width = max(height, -(-width // slimmest)), max(width, -(-height // slimmest))
    form = pick("format", *FORMATS)
    mode = pick("mode", *FORMATS[form])
    picture, saving = in_mode(content(pick, generator, height, width), mode, generator)
    saving |= options_of(pick, form)
    # Pillow 13 turns a raw grey TIFF twice, while it loads and when it is asked to.
    if form in ("jpg", "png", "webp") or saving.get("compression", "raw") != "raw":
        exif = Image.Exif()
        exif[ORIENTATION] = pick("orientation", 1, 2, 3, 4, 5, 6, 7, 8)
        saving["exif"] = exif
    if form in ("gif", "webp") and pick("moves", False, True):
        saving |= {"save_all": True, "append_images": [picture.transpose(Image.Transpose.ROTATE_180)], "duration": 40}
    path = folder / f"picture.{form}"
    picture.save(path, **saving)
    return path, upright_rgb(Image.open(path))
