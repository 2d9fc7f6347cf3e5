# SPDX-License-Identifier: GPL-3.0-or-later
"""run_peer.py FOLDER PEER [--device cuda] [--precision bfloat16|float16]: another program on the weights of FOLDER. One
line in, one forward pass, milliseconds out; "peak" answers the most MiB it held. The devices and precisions are
PyTorch's; ONNX Runtime and OpenVINO compute on the CPU in float32."""
import argparse
import os
import resource
import sys
import time

import torch

import text_models
import vision_models

CORES = len(os.sched_getaffinity(0))


def module_for(folder):
    return text_models if vision_models.config_of(folder)["model_type"] in text_models.MODELS else vision_models


def load_torch(options, **how):
    model, given = module_for(options.folder).load(options.folder, **how)
    torch.set_num_threads(CORES)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False  # as HeadLens computes
    kind = getattr(torch, options.precision)
    return model.to(options.device, kind), given.to(options.device, kind if given.is_floating_point() else given.dtype)


def on_torch(options, compiled=False, **how):
    model, given = load_torch(options, **how)
    run = torch.compile(model) if compiled else model

    def pass_once():
        with torch.inference_mode():
            kept = run(given)
        if options.device == "cuda":
            torch.cuda.synchronize()
        return kept

    return pass_once


def eager(options):
    """All attention maps kept, as output_attentions=True does."""
    return on_torch(options, keep=True)


def sdpa(options):
    """scaled_dot_product_attention: no map exists."""
    return on_torch(options, fused=True)


def compiled(options):
    return on_torch(options, fused=True, compiled=True)


def onnx_file(folder):
    """The model as ONNX without attention outputs, written once."""
    file = folder.rstrip("/") + ".onnx"
    if not os.path.exists(file):
        part = f"{file}.{os.getpid()}"  # two contestants may write it at once
        model, given = module_for(folder).load(folder)
        torch.onnx.export(model, given, part, opset_version=17, input_names=["input"],
                          output_names=["hidden"], dynamo=False)
        os.replace(part, file)
    return file, module_for(folder).input_of(folder).numpy()


def onnxruntime(options):
    import onnxruntime

    file, given = onnx_file(options.folder)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = CORES
    session = onnxruntime.InferenceSession(file, settings, providers=["CPUExecutionProvider"])
    return lambda: session.run(None, {session.get_inputs()[0].name: given})


def openvino(options):
    import openvino

    file, given = onnx_file(options.folder)
    # Said because its own choice is bfloat16 where the processor has it.
    settings = {"INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": CORES}
    model = openvino.Core().compile_model(file, "CPU", settings)
    return lambda: model([given])


PEERS = {"eager": eager, "sdpa": sdpa, "compile": compiled, "onnxruntime": onnxruntime, "openvino": openvino}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--precision", default="float32")
    options = parser.parse_args()
    pass_once = PEERS[options.peer](options)
    for line in sys.stdin:
        if line.strip() == "peak":
            print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
            continue
        begin = time.perf_counter()
        kept = pass_once()
        print((time.perf_counter() - begin) * 1000, flush=True)
        del kept


main()
