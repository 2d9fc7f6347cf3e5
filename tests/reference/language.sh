#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference cases of language models whose architecture is built. 77: the cases are not on this machine.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
needs_cases oracle/check.py
needs_cases oracle_language
source=$(cd "$(dirname "$0")/../.." && pwd)
chosen_cases
for folder in "$shared"/oracle_language/*/; do
    [ -f "$folder/case.json" ] || continue
    # GGUF calls Mixtral by the name of Llama; a case of experts waits for their architecture.
    ! grep -q '"router_logits.0"' "$folder/case.json" || [ -f "$source/core/nn/experts.cpp" ] || continue
    # "arch" of a case is the name of the file that would run it, and "layout" the form of its files.
    arch=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1])).get("arch", ""))' "$folder/case.json")
    layout=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1])).get("layout", ""))' "$folder/case.json")
    if [ -n "$arch" ] && [ "$layout" = hf ] && [ -f "$source/core/models/arch/$arch.cpp" ]; then
        ln -s "${folder%/}" "$cases/"
    fi
done
[ -n "$(ls "$cases")" ] || exit 77
python3 "$shared/oracle/check.py" "$1" --cases "$cases" --verbose
