# SPDX-License-Identifier: GPL-3.0-or-later
"""gpu.py [--json FILE]: run by gpu.sh. HeadLens with the whole trace against PyTorch's fused forward without one."""
import json
import sys

import torch

from interleave import Contestant, race, summary

MODELS = (("vit-base-patch16-224", "ViT-B/16 at 224"), ("vit-large-patch14-336", "ViT-L/14 at 336"),
          ("dinov2-giant", "DINOv2-g at 518"))
PRECISIONS = ("float32", "bfloat16", "float16")


def contestants(model, precision):
    folder = "build/bench/" + model
    return {"headlens": Contestant(["build/gpu/bin/headlens-cli", "bench", "--model", folder, "--device", "cuda",
                                    "--precision", precision, "--on-request"]),
            "pytorch": Contestant([sys.executable, "tests/bench/peers/run_fused.py", folder, precision])}


def main():
    figures = {"machine": f"{torch.cuda.get_device_name()}, PyTorch {torch.__version__}, CUDA {torch.version.cuda}"}
    print(figures["machine"] + "\n\n| | precision | HeadLens, trace kept | PyTorch fused, nothing kept | ratio |")
    print("|---|---|---|---|---|")
    for model, title in MODELS:
        for precision in PRECISIONS:
            runners = contestants(model, precision)
            found = {name: summary(times) for name, times in race(runners, rounds=8, passes=10, warm_up=10).items()}
            for runner in runners.values():
                runner.close()
            ours, theirs = found["headlens"]["ms"], found["pytorch"]["ms"]
            figures[f"{model}.{precision}"] = {"headlens_ms": ours, "pytorch_ms": theirs, "ratio": ours / theirs}
            print(f"| {title} | {precision} | {ours:.2f} ms | {theirs:.2f} ms | {ours / theirs:.2f} × |", flush=True)
    if "--json" in sys.argv:
        with open(sys.argv[sys.argv.index("--json") + 1], "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=2)


main()
