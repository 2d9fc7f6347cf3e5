#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds and tests HeadLens against both LibTorch worlds, Debian's and the one of the Python package index, and prints
# CTest's summary of each. Run it before a change of core/tensors or core/models ends; arguments go to ctest.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/install_dependencies.sh test
failed=0
for world in system python; do
    tools/build.sh release --torch "$world"
    folder=build/release
    [ "$world" = system ] || folder=$folder-$world
    echo "== $("$folder/bin/headlens-cli" --version | tr '\n' ' ')"
    ctest --test-dir "$folder" --output-on-failure -E '^fuzz/' "$@" || failed=1
done
exit $failed
