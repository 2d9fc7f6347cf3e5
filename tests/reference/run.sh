#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A fixed seed of differential.py for CTest: tests/reference/run.sh PROGRAM CASES. 77: the reference libraries are not
# installed (tests/reference/setup.sh installs them).
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! cmp -s tests/reference/requirements.txt build/reference/complete; then
    echo "the reference libraries are not here"
    exit 77
fi
exec build/reference/bin/python tests/reference/differential.py --program "$1" --cases "$2" --seed 1
