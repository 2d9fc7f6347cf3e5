#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Run by installed.sh where no source tree is: try_everything.sh SCRATCH. SCRATCH holds prefix/ and what must be in it,
# models.txt and lessons.txt.
set -euo pipefail
scratch=$1 failed=0
unset HEADLENS_RESOURCES XDG_DATA_HOME
export HOME=$scratch/home XDG_RUNTIME_DIR=$scratch/runtime QT_QPA_PLATFORM=offscreen
mkdir -m 700 -p "$HOME" "$XDG_RUNTIME_DIR"
engine=$scratch/prefix/bin/headlens-cli window=$scratch/prefix/bin/headlens

must() { # must WHAT COMMAND...
    local what=$1 said
    shift
    if ! said=$("$@" 2>&1); then
        echo "FAILED: $what: ${said:-no words}"
        failed=$((failed + 1))
    fi
}

picture_of() { # the window with OPTIONS... as a picture, which is there and no blank file
    rm -f "$scratch/shot.png"
    "$window" "$@" --settings "$scratch/settings.ini" --screenshot "$scratch/shot.png" || return 1
    [ "$(stat -c %s "$scratch/shot.png")" -gt 20000 ] || { echo "the window is empty"; return 1; }
}

listed() { # every name of FILE stands in the output of COMMAND...
    local file=$1 name said
    shift
    said=$("$@") || return 1
    while read -r name; do
        grep -qw -- "$name" <<<"$said" || { echo "$name is missing"; return 1; }
    done <"$file"
}

must "headlens-cli models lists every embedded model" listed "$scratch/models.txt" "$engine" models
lessons_hold() {
    local said
    said=$("$engine" lesson check) || { echo "$said"; return 1; }
    [ "$(grep -c "everything holds" <<<"$said")" -eq "$(wc -l <"$scratch/lessons.txt")" ] || { echo "not all were found"; return 1; }
}

while read -r name; do
    must "the window opens the model $name" picture_of --model "$name"
done <"$scratch/models.txt"
while read -r name; do
    must "the window opens the lesson $name" picture_of --lesson "$scratch/prefix/share/headlens/lessons/$name"
done <"$scratch/lessons.txt"
must "every claim of every lesson holds" lessons_hold
must "headlens-cli train starts headlens-train" "$engine" train --list
must "what the emoji models train on came along" test -s "$scratch/prefix/share/headlens/training/emoji_concepts.tsv"
echo "$(wc -l <"$scratch/models.txt") models and $(wc -l <"$scratch/lessons.txt") lessons, $failed failures"
[ "$failed" -eq 0 ]
