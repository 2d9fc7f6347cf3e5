#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Random checkpoints of real size: opened, run on one picture, and held against the memory predicted from their headers.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools/build.sh release headlens-cli make_real_model
bin=build/release/bin
models=("$@")
[ ${#models[@]} -gt 0 ] || models=(vit-large-patch16-384 swin-large-384 dinov2-giant)
for name in "${models[@]}"; do
    folder=build/bench/$name
    [ -f "$folder/config.json" ] || "$bin/make_real_model" "$name" "$folder"
    echo "== $name"
    "$bin/headlens-cli" models "$folder" | head -2
    python3 - "$bin/headlens-cli" "$folder" <<'PY'
import resource, subprocess, sys, time
begin = time.time()
subprocess.run([sys.argv[1], "export", "--model", sys.argv[2], "--image", "resources/images/chelsea.jpg", "--what", "map",
                "--layer", "0", "--head", "0", "--out", sys.argv[2] + "/out"], check=True, stdout=subprocess.DEVNULL)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
print(f"measured: peak {peak / 1e9:.2f} GB, {time.time() - begin:.0f} s from start to the written figure")
PY
    rm -rf "$folder"
done
