# SPDX-License-Identifier: GPL-3.0-or-later
"""run_torch.py FOLDER: eager PyTorch with all attentions returned. One line in, one forward pass, milliseconds out.
run_torch.py FOLDER --onnx FILE: writes the same model without attention outputs for ONNX Runtime instead."""
import resource
import sys
import time

import torch

import vision_models


def main():
    model, pixels = vision_models.load(sys.argv[1], keep="--onnx" not in sys.argv)
    if "--onnx" in sys.argv:
        torch.onnx.export(model, pixels, sys.argv[3], opset_version=17, input_names=["pixels"], output_names=["hidden"])
        return
    torch.set_num_threads(len(__import__("os").sched_getaffinity(0)))
    with torch.inference_mode():
        for line in sys.stdin:
            if line.strip() == "peak":
                print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
                continue
            begin = time.perf_counter()
            kept = model(pixels)
            print((time.perf_counter() - begin) * 1000, flush=True)
            del kept


main()
