# SPDX-License-Identifier: GPL-3.0-or-later
"""The processor as it is, and as one without anything wider than AVX2: environments for the programs that are compared."""
import os

FOLDER, SHIM = "build/bench/narrow-peers", "build/release/bin/libnarrow_processor.so"
SWITCHES = {"HEADLENS_MAX_ISA": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2", "OPENBLAS_CORETYPE": "Haswell",
            "MKL_ENABLE_INSTRUCTIONS": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}
# These have no switch of their own, or one that not all of their code obeys: narrow_peers.py made copies of them.
WITHOUT_SWITCH = ("onnxruntime", "openvino")
SETS = ("native", "avx2")
WIDER_THAN_AVX2 = ("avx512f", "avx_vnni")


def environment(instruction_set, program="headlens"):
    if instruction_set == "native":
        return dict(os.environ)
    copies = {"LD_PRELOAD": os.path.abspath(SHIM), "PYTHONPATH": FOLDER} if program in WITHOUT_SWITCH else {}
    return {**os.environ, **SWITCHES, **copies}


def features():
    """What of the processor matters here, in the words of /proc/cpuinfo."""
    known = ("avx2", "fma", "avx_vnni", "avx512f", "avx512_bf16", "avx512_vnni", "amx_bf16", "amx_int8")
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        flags = next((line.split(":")[1].split() for line in file if line.startswith("flags")), [])
    return [name for name in known if name in flags]


def sets_of_this_machine():
    """AVX2 alone is another set only where the processor has more."""
    return SETS if any(name in features() for name in WIDER_THAN_AVX2) else SETS[:1]
