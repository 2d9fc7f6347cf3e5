#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference cases of every method, measure and intervention. 77: the cases are not on this machine.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
needs_cases oracle_attribution/check_attribution.py
python3 "$shared/oracle_attribution/check_attribution.py" "$1" --shared "$shared" --cases "$shared/oracle_attribution/visible" --verbose
