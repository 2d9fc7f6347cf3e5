#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the engine against the CUDA build of LibTorch and tries it, with or without a GPU: what ./run.sh --cuda starts.
# Not part of CI: it downloads 3 GB. With a GPU the references run on it in float32, too.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/install_dependencies.sh run
tools/build.sh engine-only --torch cuda headlens-cli
program=$PWD/build/engine-only-cuda/bin/headlens-cli
"$program" --version
for library in libtorch_cuda.so libc10_cuda.so; do
    ldd "$program" | grep -q "$library" || { echo "cuda_build.sh: $library is not linked: no CUDA device would be found"; exit 1; }
done
! ldd "$program" | grep 'not found' || { echo "cuda_build.sh: the libraries above are missing at run time"; exit 1; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$program" trace --model emoji-vit --image resources/images/emoji-scene-dog.png --out "$out/trace.safetensors"
if "$program" trace --model emoji-vit --image resources/images/emoji-scene-dog.png --device cuda --out "$out/cuda.safetensors" 2>"$out/said"; then
    tests/reference/oracle.sh "$program" # on the GPU: auto takes it
else
    cat "$out/said"
    grep -q 'no CUDA device' "$out/said"
    echo "No GPU here: the engine was built and linked, and computes on the CPU."
fi
