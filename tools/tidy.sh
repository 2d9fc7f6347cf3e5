#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-tidy over the files that include no torch header, with the commands of the fuzz build: tools/tidy.sh [FILE...]
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f build/fuzz/compile_commands.json ] || cmake --preset fuzz >/dev/null
files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(grep -o '"file": "[^"]*core/[^"]*"' build/fuzz/compile_commands.json | cut -d'"' -f4 | sort -u)
clang-tidy -p build/fuzz --quiet "${files[@]}"
