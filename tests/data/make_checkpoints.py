#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the small PyTorch checkpoints of this folder without PyTorch: tests/data/make_checkpoints.py

tiny.pth      zip form, one shared storage, one transposed view, a foreign object beside the weights
legacy.pth    the same in the form before 1.6
bomb.pth      an entry that claims to unfold to 40 GB
longtext.pth  a pickle with a text of 4 GiB - 1
beyond.pth    a tensor that reaches beyond its storage
"""
import io
import pathlib
import pickle
import struct
import sys
import types
import zipfile

HERE = pathlib.Path(__file__).parent
FLOATS = struct.pack("<6f", 0, 1, 2, 3, 4, 5)


class Storage:  # stands for one tensor storage
    def __init__(self, key, count):
        self.key, self.count = key, count


def module(name, **members):
    made = types.ModuleType(name)
    for key, value in members.items():
        value.__module__, value.__qualname__ = name, key
        setattr(made, key, value)
    sys.modules[name] = made
    return made


class FloatStorage:
    pass


def rebuild(*arguments):
    raise RuntimeError("never called")


class Settings:  # as argparse.Namespace in training checkpoints
    pass


module("torch", FloatStorage=FloatStorage)
UTILS = module("torch._utils", _rebuild_tensor_v2=rebuild)
module("somewhere", Settings=Settings)


class Tensor:
    def __init__(self, storage, offset, shape, stride):
        self.arguments = (storage, offset, shape, stride, False, {})

    def __reduce__(self):
        return UTILS._rebuild_tensor_v2, self.arguments


class Writer(pickle.Pickler):
    def __init__(self, file, legacy):
        super().__init__(file, 2)
        self.legacy = legacy

    def persistent_id(self, thing):
        if not isinstance(thing, Storage):
            return None
        name = ("storage", FloatStorage, thing.key, "cpu", thing.count)
        return (*name, None) if self.legacy else name


def dump(thing, legacy=False):
    out = io.BytesIO()
    Writer(out, legacy).dump(thing)
    return out.getvalue()


def checkpoint(offset=0):
    storage = Storage("0", 6)
    settings = Settings()
    settings.epochs = 3
    weights = {"whole": Tensor(storage, offset, (2, 3), (3, 1)), "turned": Tensor(storage, 0, (3, 2), (1, 3))}
    return {"model": weights, "args": settings, "epoch": 7}


def write_zip(path, data):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in (("a/data.pkl", data), ("a/data/0", FLOATS), ("a/version", b"3\n")):
            archive.writestr(zipfile.ZipInfo(name), content)


def write_bomb(path):
    """One deflated entry whose headers claim 40 GB (zip64)."""
    claimed, name, content = 40 * 10**9, b"a/data.pkl", b"\x03\x00"
    extra = struct.pack("<HHQQ", 1, 16, claimed, len(content))
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 45, 0, 8, 0, 33, 0, 2**32 - 1, 2**32 - 1, len(name), len(extra))
    body = local + name + extra + content
    central = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, 0, 8, 0, 33, 0, 2**32 - 1, 2**32 - 1, len(name),
                          len(extra), 0, 0, 0, 0, 0) + name + extra
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(body), 0)
    path.write_bytes(body + central + end)


def write_legacy(path):
    with open(path, "wb") as file:
        file.write(b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.")
        for thing in (1001, {"protocol_version": 1001, "little_endian": True}, checkpoint(), ["0"]):
            file.write(dump(thing, legacy=True))
        file.write(struct.pack("<q", 6) + FLOATS)


def main():
    write_zip(HERE / "tiny.pth", dump(checkpoint()))
    write_legacy(HERE / "legacy.pth")
    write_zip(HERE / "beyond.pth", dump(checkpoint(offset=1)))
    write_zip(HERE / "longtext.pth", b"\x80\x02X\xff\xff\xff\xff.")
    write_bomb(HERE / "bomb.pth")


main()
