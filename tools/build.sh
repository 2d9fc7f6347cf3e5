#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Configures (when needed) and builds a preset: tools/build.sh PRESET [TARGET...]
set -euo pipefail
preset=$1
shift
[ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >/dev/null
# As many compilers at once as there are processors and memory for: a file that includes LibTorch takes up to 1.5 GB.
free_mb=$(awk '/^MemAvailable:/ {print int($2 / 1024)}' /proc/meminfo)
jobs=$((${free_mb:-3000} / 1500))
[ "$jobs" -le "$(nproc)" ] || jobs=$(nproc)
[ "$jobs" -ge 1 ] || jobs=1
cmake --build --preset "$preset" --parallel "$jobs" ${1:+--target "$@"}
