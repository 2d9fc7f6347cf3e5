# SPDX-License-Identifier: GPL-3.0-or-later
"""make_writing_models.py FOLDER [8b]: a Qwen2.5-0.5B with random weights as float32 and bfloat16 (safetensors) and as
Q8_0 and Q4_K_M (GGUF), or a Llama 3.1 8B as Q4_K_M alone. The formats of tensors are those that llama.cpp chooses."""
import json
import pathlib
import struct
import sys

import numpy

BLOCKS = {"F32": (0, 1, 4, ()), "Q5_0": (6, 32, 22, (0,)), "Q8_0": (8, 32, 34, (0,)), "Q4_K": (12, 256, 144, (0, 2)),
          "Q6_K": (14, 256, 210, (208,))}  # number, values, bytes, places of float16
QWEN = dict(name="qwen2", width=896, layers=24, heads=14, keys=2, head=64, inner=4864, vocabulary=151936, base=1e6)
LLAMA = dict(name="llama", width=4096, layers=32, heads=32, keys=8, head=128, inner=14336, vocabulary=128256, base=5e5)
random = numpy.random.default_rng(1)


def blocks(kind, count):
    """Bytes of `count` values: random, but for scales of about 0.001."""
    _, values, size, places = BLOCKS[kind]
    pool = random.integers(0, 256, (min(count // values, 1 << 14), size), dtype=numpy.uint8)
    for place in places:
        pool[:, place:place + 2] = numpy.float16([0.0005 if kind != "Q8_0" else 0.0002]).view(numpy.uint8)
    return numpy.resize(pool, (count // values, size)).tobytes()


def names(shape):
    """Names in GGUF, names in safetensors and shapes."""
    yield "token_embd.weight", "model.embed_tokens.weight", (shape["vocabulary"], shape["width"])
    if shape is LLAMA:
        yield "output.weight", "lm_head.weight", (shape["vocabulary"], shape["width"])
    yield "output_norm.weight", "model.norm.weight", (shape["width"],)
    rows, keys, inner, width = (shape["heads"] * shape["head"], shape["keys"] * shape["head"], shape["inner"],
                                shape["width"])
    for i in range(shape["layers"]):
        here, there = f"blk.{i}.", f"model.layers.{i}."
        yield here + "attn_norm.weight", there + "input_layernorm.weight", (width,)
        yield here + "ffn_norm.weight", there + "post_attention_layernorm.weight", (width,)
        for short, count in (("q", rows), ("k", keys), ("v", keys)):
            yield here + f"attn_{short}.weight", there + f"self_attn.{short}_proj.weight", (count, width)
            if shape is QWEN:
                yield here + f"attn_{short}.bias", there + f"self_attn.{short}_proj.bias", (count,)
        yield here + "attn_output.weight", there + "self_attn.o_proj.weight", (width, rows)
        yield here + "ffn_gate.weight", there + "mlp.gate_proj.weight", (inner, width)
        yield here + "ffn_up.weight", there + "mlp.up_proj.weight", (inner, width)
        yield here + "ffn_down.weight", there + "mlp.down_proj.weight", (width, inner)


def kind_of(name, extents, wanted, shape):
    if len(extents) == 1:
        return "F32"
    layer = int(name.split(".")[1]) if name.startswith("blk.") else -1
    more = layer < shape["layers"] // 8 or layer >= 7 * shape["layers"] // 8 or layer % 3 == 2
    better = name == "output.weight" or (more and (name.endswith("attn_v.weight") or name.endswith("ffn_down.weight")))
    if name == "token_embd.weight" and shape is QWEN:
        return "Q8_0"  # it is the head too
    kind = "Q6_K" if wanted == "Q4_K" and better else wanted
    return kind if extents[-1] % BLOCKS[kind][1] == 0 else "Q8_0" if kind == "Q6_K" else "Q5_0"


def write_gguf(path, shape, wanted):
    def text(value):
        return struct.pack("<Q", len(value)) + value.encode()

    name = shape["name"]
    entries = [text("general.architecture") + struct.pack("<I", 8) + text(name)]
    for key, value in (("block_count", shape["layers"]), ("context_length", 32768), ("embedding_length", shape["width"]),
                       ("feed_forward_length", shape["inner"]), ("attention.head_count", shape["heads"]),
                       ("attention.head_count_kv", shape["keys"]), ("rope.dimension_count", shape["head"])):
        entries.append(text(f"{name}.{key}") + struct.pack("<II", 4, value))
    for key, value in (("attention.layer_norm_rms_epsilon", 1e-6), ("rope.freq_base", shape["base"])):
        entries.append(text(f"{name}.{key}") + struct.pack("<If", 6, value))
    head, offset, todo = b"", 0, []
    for there, _, extents in names(shape):
        kind = kind_of(there, extents, wanted, shape)
        number, values, size, _ = BLOCKS[kind]
        count = int(numpy.prod(extents))
        head += text(there) + struct.pack("<I", len(extents)) + struct.pack(f"<{len(extents)}Q", *reversed(extents))
        head += struct.pack("<IQ", number, offset)
        todo.append((kind, count, there))
        offset += (count // values * size + 31) // 32 * 32
    head = b"GGUF" + struct.pack("<IQQ", 3, len(todo), len(entries)) + b"".join(entries) + head
    with open(path, "wb") as out:
        out.write(head + bytes(-len(head) % 32))
        for kind, count, there in todo:
            data = numpy.ones(count, numpy.float32).tobytes() if kind == "F32" else blocks(kind, count)
            out.write(data + bytes(-len(data) % 32))


def write_safetensors(folder, shape, kind):
    folder.mkdir(parents=True, exist_ok=True)
    size, header, offset = {"F32": 4, "BF16": 2}[kind], {}, 0
    for _, name, extents in names(shape):
        count = int(numpy.prod(extents))
        header[name] = {"dtype": kind, "shape": extents, "data_offsets": [offset, offset + size * count]}
        offset += size * count
    with open(folder / "model.safetensors", "wb") as out:
        text = json.dumps(header).encode()
        out.write(struct.pack("<Q", len(text)) + text)
        for _, _, extents in names(shape):
            values = random.standard_normal(min(int(numpy.prod(extents)), 1 << 20), numpy.float32) * 0.02
            values = numpy.resize(values, int(numpy.prod(extents))) if len(extents) > 1 else numpy.ones(extents, numpy.float32)
            out.write(values.tobytes() if kind == "F32" else (values.view(numpy.uint32) >> 16).astype(numpy.uint16).tobytes())
    (folder / "config.json").write_text(json.dumps({
        "model_type": "qwen2", "hidden_size": shape["width"], "num_hidden_layers": shape["layers"],
        "num_attention_heads": shape["heads"], "num_key_value_heads": shape["keys"], "intermediate_size": shape["inner"],
        "vocab_size": shape["vocabulary"], "tie_word_embeddings": True, "rms_norm_eps": 1e-6, "rope_theta": shape["base"],
        "max_position_embeddings": 32768}))


folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
if sys.argv[2:] == ["8b"]:
    write_gguf(folder / "llama-8b-q4_k_m.gguf", LLAMA, "Q4_K")
else:
    write_safetensors(folder / "qwen-f32", QWEN, "F32")
    write_safetensors(folder / "qwen-bf16", QWEN, "BF16")
    write_gguf(folder / "qwen-q8_0.gguf", QWEN, "Q8_0")
    write_gguf(folder / "qwen-q4_k_m.gguf", QWEN, "Q4_K")
