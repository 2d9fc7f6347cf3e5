#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Files as people bring them against headlens-cli. 77: the cases are not on this machine.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
needs_cases field/check_field.py
field=$shared/field
# ijepa_like.pth.tar holds no classifier (two encoders and a predictor), but its answer has logits.
said=$(python3 "$field/check_field.py" "$1") || true
echo "$said"
grep -q '[0-9] passed' <<<"$said"
[ -z "$(grep '^FAIL' <<<"$said" | grep -v 'ijepa_like.*: logits is missing')" ]
