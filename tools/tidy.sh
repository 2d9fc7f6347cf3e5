#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-tidy over app and widgets, or over the files named (none that includes torch), with the commands of the
# asan preset: tools/tidy.sh [FILE...]
# 77: the asan preset is not built (tools/build.sh asan).
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -f build/asan/compile_commands.json ]; then
    echo "tidy.sh needs the generated headers of the asan preset: tools/build.sh asan"
    exit 77
fi
if [ ! -x build/tidy-env/bin/clang-tidy ]; then
    python3 -m venv build/tidy-env
    build/tidy-env/bin/pip install --quiet clang-tidy==23.1.4
fi
exec python3 tools/tidy.py "$@"
