#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference cases of this version's architectures against headlens-cli. 77: the cases are not on this machine.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
needs_cases oracle/check.py
oracle=$shared/oracle
chosen_cases
for folder in "$oracle"/*/; do
    folder=${folder%/}
    case $(basename "$folder") in
    # Its config.json names another eps than its reference was computed with: 3e-5 instead of 2e-5 in one layer.
    real_deit_tiny) ;;
    # Its hidden_states.1 is taken behind the merging; check.py's contract, which the case swin follows, says before.
    eps_probe_swin*) ;;
    *) ln -s "$folder" "$cases/" ;;
    esac
done
python3 "$oracle/check.py" "$1" --cases "$cases" --verbose
python3 "$oracle/check_tokens.py" "$1"
