#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every figure of the README's "Measured" section: tests/bench/run.sh [MODEL_FOLDER...]
# Without folders: the embedded model and a random ViT-B/16 (197 tokens x 12 layers x 12 heads).
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --preset release -DHEADLENS_BENCH=ON >/dev/null
tools/build.sh release headlens headlens-cli bench_window make_model
bin=build/release/bin
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
echo "$(nproc) cores, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs)"
models=("$@")
if [ ${#models[@]} -eq 0 ]; then
    base=build/bench/vit-base-random
    [ -f "$base/model.safetensors" ] || { mkdir -p "$base"; "$bin/make_model" "$base" 768 12 12 224 16; }
    models=(emoji-vit "$PWD/$base")
fi
for model in "${models[@]}"; do
    echo "== $(basename "$model")"
    "$bin/bench_window" "$bin/headlens-cli" "$model" resources/images/chelsea.jpg resources/images/coffee.jpg 2>/dev/null
done
