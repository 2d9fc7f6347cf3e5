#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the golden pictures of the window anew: tools/goldens.sh [OUT_DIR], which gets the large ones. Look at each.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/build.sh release tst_golden_windows headlens-cli
out=$(realpath -m "${1:-build/goldens}")
mkdir -p "$out"
rm -f tests/golden/windows/*.jpg
for scale in 1 2; do
    LC_ALL=C.UTF-8 QT_SCALE_FACTOR=$scale HEADLENS_GOLDEN=$out \
        QT_QPA_PLATFORM=offscreen:configfile=$PWD/tests/app/screens/3840x2160.json build/release/bin/tst_golden_windows
done
echo "$out"
