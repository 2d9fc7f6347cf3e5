#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# HeadLens as a person has it who installed it: tests/install/installed.sh BUILD_FOLDER
# Installs into a scratch folder, hides the source tree (with what was built in it), and opens every embedded model and
# every lesson in the window and on the command line. 77: this machine lets nobody hide a folder (unshare, util-linux).
set -euo pipefail
cd "$(dirname "$0")/../.."
source_tree=$PWD
if ! unshare --map-root-user --mount true 2>/dev/null; then
    echo "no mount namespaces here: the source tree cannot be hidden"
    exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cmake --install "$1" --prefix "$scratch/prefix" >/dev/null
ls resources/models >"$scratch/models.txt"
ls resources/lessons >"$scratch/lessons.txt"
cp tests/install/try_everything.sh "$scratch"
torch=$(sed -n 's/^HEADLENS_TORCH:[^=]*=//p' "$1/CMakeCache.txt") # empty: the system's
case "$torch" in "$source_tree"/*) ;; *) torch= ;; esac
mkdir "$scratch/torch"
cd "$scratch"
# A LibTorch that lies in the source tree stays where it is: nobody installs that with HeadLens.
unshare --map-root-user --mount sh -c '
    [ -z "$3" ] || mount --bind "$3" torch
    mount -t tmpfs none "$1"
    [ -z "$3" ] || { mkdir -p "$3" && mount --bind torch "$3"; }
    exec ./try_everything.sh "$2"' sh "$source_tree" "$scratch" "$torch"
