#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Which LibTorch is the better default on this processor: tests/bench/torch_worlds.sh
# Races HeadLens on Debian's LibTorch 1.13 against HeadLens on the Python package's 2.13, each with packed layers and
# without, with all vectors and with AVX2 only. About 15 minutes; leave the machine alone meanwhile.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools/install_dependencies.sh run
python=$(tests/reference/setup.sh)
tools/build.sh release headlens-cli make_real_model
tools/build.sh release --torch python headlens-cli
for name in vit-base-patch16-224 vit-tiny-patch16-224 swin-tiny-224 dinov2-base; do
    [ -f "build/bench/$name/config.json" ] || build/release/bin/make_real_model "$name" "build/bench/$name"
done
[ -f build/bench/gpt2/config.json ] || "$python" tests/bench/make_text_models.py build/bench
exec "$python" tests/bench/torch_worlds.py "$@"
