# SPDX-License-Identifier: GPL-3.0-or-later
"""gpu.py PROGRAM [--json FILE]: run by gpu.sh. HeadLens with the whole trace against PyTorch's fused forward without one."""
import argparse
import json
import sys

import torch

from interleave import Contestant, race, summary

MODELS = (("vit-base-patch16-224", "ViT-B/16 at 224"), ("vit-large-patch14-336", "ViT-L/14 at 336"),
          ("dinov2-giant", "DINOv2-g at 518"))
PRECISIONS = ("float32", "bfloat16", "float16")


def contestants(program, model, precision):
    folder, how = "build/bench/" + model, ["--device", "cuda", "--precision", precision]
    return {"headlens": Contestant([program, "bench", "--model", folder, "--on-request", *how]),
            "pytorch": Contestant([sys.executable, "tests/bench/peers/run_peer.py", folder, "sdpa", *how])}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    figures = {"machine": f"{torch.cuda.get_device_name()}, PyTorch {torch.__version__}, CUDA {torch.version.cuda}"}
    print(figures["machine"] + "\n\n| | precision | HeadLens, trace kept | PyTorch fused, nothing kept | ratio |")
    print("|---|---|---|---|---|")
    for model, title in MODELS:
        for precision in PRECISIONS:
            runners = contestants(options.program, model, precision)
            found = {name: summary(times) for name, times in race(runners, rounds=8, passes=10, warm_up=10).items()}
            for runner in runners.values():
                runner.close()
            ours, theirs = found["headlens"]["ms"], found["pytorch"]["ms"]
            figures[f"{model}.{precision}"] = {"headlens_ms": ours, "pytorch_ms": theirs, "ratio": ours / theirs}
            print(f"| {title} | {precision} | {ours:.2f} ms | {theirs:.2f} ms | {ours / theirs:.2f} × |", flush=True)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=2)


main()
