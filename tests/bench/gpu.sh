#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The engine on a GPU: tests/bench/gpu.sh [--json FILE]
# Measures ViT-B/16, ViT-L/14 at 336 and DINOv2-g at 518, with the whole trace kept, against PyTorch's own fused attention
# without any. Builds against the CUDA build of torch under build/ (tools/install_torch.sh cuda), or against the
# installation of $PYTHON. Needs neither Qt nor OpenCV nor oneDNN.
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ -n "${PYTHON:-}" ]; then
    python=$PYTHON folder=build/engine-only-path
    torch=$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))')
else
    torch=$(tools/install_torch.sh cuda) folder=build/engine-only-cuda
    python=${torch%/lib/python*}/bin/python
fi
"$python" -c 'import sys, torch; sys.exit(0 if torch.cuda.is_available() else "PyTorch sees no GPU here")'
cmake --preset engine-only -B "$folder" -DHEADLENS_BENCH=ON -DHEADLENS_TORCH="$torch" >/dev/null
cmake --build "$folder" --target headlens-cli make_real_model
for name in vit-base-patch16-224 vit-large-patch14-336 dinov2-giant; do
    [ -f "build/bench/$name/config.json" ] || "$folder/bin/make_real_model" "$name" "build/bench/$name"
done
exec "$python" tests/bench/gpu.py "$folder/bin/headlens-cli" "$@"
