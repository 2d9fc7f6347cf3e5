# SPDX-License-Identifier: GPL-3.0-or-later
"""run_fused.py FOLDER PRECISION: PyTorch 2 with its fused attention on the GPU, nothing kept. One line in, one forward
pass, milliseconds out."""
import sys
import time

import torch

import vision_models


class FusedAttention(vision_models.Attention):
    def forward(self, x, bias=None):
        q, k, v = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        mixed = torch.nn.functional.scaled_dot_product_attention(q, k, v).transpose(1, 2)
        return self.output(mixed.reshape(x.shape)), None


def main():
    model, pixels = vision_models.load(sys.argv[1], keep=False)
    for block in model.blocks:
        block.attention.__class__ = FusedAttention
    kind = getattr(torch, sys.argv[2])
    model, pixels = model.to("cuda", kind), pixels.to("cuda", kind)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False  # as HeadLens computes
    with torch.inference_mode():
        for _ in sys.stdin:
            torch.cuda.synchronize()
            begin = time.perf_counter()
            model(pixels)
            torch.cuda.synchronize()
            print((time.perf_counter() - begin) * 1000, flush=True)


main()
