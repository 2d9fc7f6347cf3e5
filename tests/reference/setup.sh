#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes build/reference, the Python environment of the living references (2 GB), when it is missing or its list changed,
# and prints its Python.
set -euo pipefail
cd "$(dirname "$0")/../.."
environment=$PWD/build/reference
list=tests/reference/requirements.txt
if ! cmp -s "$list" "$environment/complete"; then
    tools/install_dependencies.sh python >&2
    echo "Installing the reference libraries into $environment" >&2
    rm -rf "$environment"
    /usr/bin/python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check -r "$list" >&2
    cp "$list" "$environment/complete"
fi
echo "$environment/bin/python"
