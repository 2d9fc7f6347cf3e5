# SPDX-License-Identifier: GPL-3.0-or-later
"""narrow_peers.py FOLDER: copies of the packages onnxruntime and openvino in FOLDER whose CPUID instructions are invalid
ones, for narrow_processor.cpp to answer. For measuring only: nothing of them is kept but times."""
import importlib.util
import os
import shutil
import struct
import subprocess
import sys

CPUID, INVALID = b"\x0f\xa2", b"\x0f\x0b"  # as long as each other


def offset_of(address, segments):
    for start, size, offset in segments:
        if start <= address < start + size:
            return address - start + offset
    raise ValueError(hex(address))


def segments_of(data):
    """[(address, size, offset)] of what is loaded, from the program headers of an ELF64 file."""
    (table,), (size, count) = struct.unpack_from("<Q", data, 32), struct.unpack_from("<HH", data, 54)
    found = []
    for i in range(count):
        kind, _, offset, address, _, length = struct.unpack_from("<IIQQQQ", data, table + i * size)
        if kind == 1:
            found.append((address, length, offset))
    return found


def narrow(path):
    lines = subprocess.run(["objdump", "-d", path], capture_output=True, text=True, check=True).stdout.splitlines()
    with open(path, "rb") as file:
        data = bytearray(file.read())
    segments, places = segments_of(data), [int(line.split(":")[0], 16) for line in lines if line.endswith("\tcpuid")]
    for place in (offset_of(address, segments) for address in places):
        if data[place:place + 2] != CPUID:
            raise ValueError(f"{path}: no CPUID at {place:#x}")
        data[place:place + 2] = INVALID
    with open(path, "wb") as file:
        file.write(data)
    return len(places)


def main():
    folder = sys.argv[1]
    if os.path.exists(os.path.join(folder, "complete")):
        return
    shutil.rmtree(folder, ignore_errors=True)
    for package in ("onnxruntime", "openvino"):
        source = importlib.util.find_spec(package).submodule_search_locations[0]
        shutil.copytree(source, os.path.join(folder, package), symlinks=True)
        for place, _, files in os.walk(os.path.join(folder, package)):
            for name in files:
                path = os.path.join(place, name)
                computes = any(part in name for part in ("onnxruntime", "cpu_plugin", "libopenvino.so"))
                if ".so" in name and computes and not os.path.islink(path):
                    print(f"{name}: {narrow(path)} questions for the processor's features", file=sys.stderr)
    open(os.path.join(folder, "complete"), "w", encoding="utf-8").close()


main()
