#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Configures (when needed) and builds a preset: tools/build.sh PRESET [TARGET...]
set -euo pipefail
preset=$1
shift
[ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset" ${1:+--target "$@"}
