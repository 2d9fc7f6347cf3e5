#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds and runs every test, ending with CTest's own summary.
set -euo pipefail
cd "$(dirname "$0")"
tools/install_dependencies.sh test
tools/install_minilm.sh || echo "test.sh: goes on without the real sentence model; its test will be skipped"
tests/reference/setup.sh >/dev/null || echo "test.sh: goes on without the reference libraries; their test will be skipped"
tools/build.sh release
tools/build.sh asan
tools/build.sh fuzz
ctest --preset release "$@"
