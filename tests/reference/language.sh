#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference cases of language models whose architecture is built. 77: the cases are not on this machine.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
needs_cases oracle/check.py
needs_cases oracle_language
chosen_cases
# Families and forms of files that are not opened yet.
missing='llama+clip'
for folder in "$shared"/oracle_language/*/; do
    [ -f "$folder/case.json" ] && [ -f "$folder/inputs.safetensors" ] || continue
    arch=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1])).get("arch", ""))' "$folder/case.json")
    [[ " $missing " == *" $arch "* ]] || ln -s "${folder%/}" "$cases/"
done
[ -n "$(ls "$cases")" ] || exit 77
python3 "$shared/oracle/check.py" "$1" --cases "$cases" --verbose
