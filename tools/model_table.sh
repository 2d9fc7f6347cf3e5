#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes the table of embedded models into docs/embedded-models.md from their measured.json: tools/model_table.sh
set -euo pipefail
cd "$(dirname "$0")/.."
python3 - <<'PYTHON'
import glob
import json
import os
import re


def percent(share):
    return f"{100 * share:.1f} %"


document = "docs/embedded-models.md"
lines = ["| model | what it learnt | shows | with | without | chance |", "|---|---|---|---|---|---|"]
for path in sorted(glob.glob("resources/models/*/measured.json")):
    name = os.path.basename(os.path.dirname(path))
    with open(path, encoding="utf-8") as file:
        measured = json.load(file)
    first = measured["scores"][0]
    without = f"{percent(first['without'])} ({first['off']})" if first["without"] >= 0 else ""
    lines.append(
        f"| [{name}](../resources/models/{name}/README.md) | {measured['title']} | {measured['shows']} | "
        f"{percent(first['with'])} | {without} | {percent(first['chance'])} |"
    )
with open(document, encoding="utf-8") as file:
    text = file.read()
begin, end = "<!-- made by tools/model_table.sh -->\n", "<!-- end -->"
table = begin + "\n".join(lines) + "\n" + end
with open(document, "w", encoding="utf-8") as file:
    file.write(re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _: table, text, flags=re.S))
PYTHON
