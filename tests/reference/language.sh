#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference cases of language models, their files and tokenizers. 77: the cases are not on this machine.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
needs_cases oracle/check.py
needs_cases oracle_language
python3 "$shared/oracle/check.py" "$1" --cases "$shared/oracle_language" --verbose
python3 "$shared/oracle/check_tokens.py" "$1" --cases "$shared/oracle_language"
