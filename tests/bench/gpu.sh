#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The engine on a GPU: tests/bench/gpu.sh [--json FILE]
# Builds it against the LibTorch inside the Python installation of $PYTHON (default python3) and measures ViT-B/16,
# ViT-L/14 at 336 and DINOv2-g at 518, with the whole trace kept, against PyTorch's own fused attention without any.
# Needs cmake, a C++20 compiler, nlohmann-json, CLI11, libzip and OpenSSL headers; neither Qt nor OpenCV nor oneDNN.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}
torch=$("$python" -c 'import torch; print(torch.utils.cmake_prefix_path)')
"$python" -c 'import sys, torch; sys.exit(0 if torch.cuda.is_available() else "PyTorch sees no GPU here")'
# The same string type as that LibTorch was built with, or nothing links.
abi=$("$python" -c 'import torch; print(int(torch._C._GLIBCXX_USE_CXX11_ABI))')
generator=()
command -v ninja >/dev/null && generator=(-G Ninja)
cmake -S . -B build/gpu "${generator[@]}" -DCMAKE_BUILD_TYPE=Release -DHEADLENS_GUI=OFF -DHEADLENS_TESTS=OFF \
    -DHEADLENS_BENCH=ON -DHEADLENS_ONEDNN=OFF -DCMAKE_PREFIX_PATH="$torch" \
    -DCMAKE_CXX_FLAGS="-D_GLIBCXX_USE_CXX11_ABI=$abi" >/dev/null
cmake --build build/gpu -j "$(nproc)" --target headlens-cli make_real_model
for name in vit-base-patch16-224 vit-large-patch14-336 dinov2-giant; do
    [ -f "build/bench/$name/config.json" ] || build/gpu/bin/make_real_model "$name" "build/bench/$name"
done
exec "$python" tests/bench/gpu.py "$@"
