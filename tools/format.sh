#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-format over every C++ file: tools/format.sh rewrites them, tools/format.sh --check says which it would change.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t files < <(find app core tests widgets -name '*.cpp' -o -name '*.h')
if [ "${1:-}" = --check ]; then
    exec clang-format --dry-run --Werror "${files[@]}"
fi
exec clang-format -i "${files[@]}"
