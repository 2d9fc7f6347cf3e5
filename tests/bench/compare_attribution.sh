#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Attribution beside captum, pytorch-grad-cam and PyTorch on this machine: tests/bench/compare_attribution.sh [ROUNDS].
# Installs them when missing (tests/reference/setup.sh). Leave the machine alone meanwhile: some minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools/install_dependencies.sh run
python=$(tests/reference/setup.sh)
tools/build.sh release bench_attribution make_real_model >/dev/null
model=vit-base-patch16-224
[ -f "build/bench/$model/config.json" ] || build/release/bin/make_real_model "$model" "build/bench/$model"
exec "$python" tests/bench/compare_attribution.py "$@"
