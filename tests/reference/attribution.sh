#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference cases of every method that headlens-cli lists. 77: the cases are not on this machine.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
needs_cases oracle_attribution/check_attribution.py
chosen_cases
methods=$("$1" methods | sed -n 's/^\([a-z][a-z+-]*\) .*/\1/p' | paste -sd,)
for folder in "$shared"/oracle_attribution/visible/*/; do
    # A pass in float64 is not offered yet; those cases differ in float32 by single entries at the threshold.
    [ ! -f "$folder/case.json" ] || grep -q '"precision": "float64"' "$folder/case.json" || ln -s "${folder%/}" "$cases/"
done
# None of the methods that are built has a case.
grep -qE "\"method\": \"(${methods//,/|})\"" "$cases"/*/case.json || exit 77
python3 "$shared/oracle_attribution/check_attribution.py" "$1" --shared "$shared" --cases "$cases" --method "$methods" --verbose
