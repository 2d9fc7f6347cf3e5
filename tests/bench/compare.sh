#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# HeadLens beside its peers on this machine: tests/bench/compare.sh [--json FILE] [--document FILE] [--quick] [--races]
# Installs the peers (PyTorch, ONNX Runtime and OpenVINO of today, tests/reference/requirements.txt), builds, makes models
# with random weights, and prints tables (docs/measured.md holds those of the last run). Leave the machine alone meanwhile: about 30 minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools/install_dependencies.sh run
python=$(tests/reference/setup.sh)
tools/build.sh release headlens headlens-cli bench_window bench_engine make_real_model make_film narrow_processor >/dev/null
for name in vit-base-patch16-224 swin-tiny-224 vit-tiny-patch16-224 dinov2-base dino-vits8-480 vit-large-patch16-384; do
    [ -f "build/bench/$name/config.json" ] || build/release/bin/make_real_model "$name" "build/bench/$name"
done
[ -f build/bench/gpt2/config.json ] || "$python" tests/bench/make_text_models.py build/bench
"$python" tests/bench/peers/narrow_peers.py build/bench/narrow-peers
[ -f build/bench/pan.mp4 ] || build/release/bin/make_film resources/images/chelsea.jpg build/bench/pan.mp4 300 2>/dev/null
exec "$python" tests/bench/compare.py "$@"
