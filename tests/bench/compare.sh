#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# HeadLens beside its peers on this machine: tests/bench/compare.sh [--json FILE] [--quick]
# Installs the peers (ONNX Runtime from npm into build/bench, PyTorch from Debian), builds, makes models with random
# weights, and prints the table of the README. Leave the machine alone meanwhile: about 10 minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools/install_dependencies.sh bench
peers=$PWD/build/bench/peers
if [ ! -d "$peers/node_modules/onnxruntime-node" ]; then
    mkdir -p "$peers"
    # Without scripts: they would fetch CUDA libraries, which nobody needs here.
    npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$peers" onnxruntime-node@1.30.0 >/dev/null
fi
cmake --preset release -DHEADLENS_BENCH=ON >/dev/null
tools/build.sh release headlens headlens-cli bench_window bench_engine make_real_model make_film >/dev/null
for name in vit-base-patch16-224 swin-tiny-224 vit-tiny-patch16-224 dinov2-base dino-vits8-480 vit-large-patch16-384; do
    [ -f "build/bench/$name/config.json" ] || build/release/bin/make_real_model "$name" "build/bench/$name"
done
[ -f build/bench/pan.mp4 ] || build/release/bin/make_film resources/images/chelsea.jpg build/bench/pan.mp4 300 2>/dev/null
export ONNXRUNTIME_NODE=$peers/node_modules/onnxruntime-node
exec /usr/bin/python3 tests/bench/compare.py "$@"
