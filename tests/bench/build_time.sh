#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# How long a newcomer waits: a fresh clone of HEAD without a compiler cache, to the rendered window; then every test;
# then after a change in one file of core/models. Packages are installed already (tools/install_dependencies.sh test).
# build_time.sh [FOLDER]: the clone's place, deleted at the end when it is a temporary one. Exit status 1 past a target.
set -euo pipefail
cd "$(dirname "$0")/../.."
clone=${1:-$(mktemp -d)/headlens}
[ -n "${1:-}" ] || trap 'rm -rf "$(dirname "$clone")"' EXIT
git clone -q . "$clone"
cd "$clone"
export CCACHE_DISABLE=1
unset DISPLAY WAYLAND_DISPLAY
missed=0

# timed NAME MOST_WALL_S MOST_CPU_S COMMAND...
timed() {
    local name=$1 most_wall=$2 most_cpu=$3 wall user system
    shift 3
    local TIMEFORMAT='%R %U %S'
    read -r wall user system < <({ time "$@" >build.log 2>&1; } 2>&1) || true
    awk -v n="$name" -v w="$wall" -v u="$user" -v s="$system" -v mw="$most_wall" -v mc="$most_cpu" 'BEGIN {
        cpu = u + s
        bad = w > mw || cpu > mc
        printf "%-44s %6.0f s (target %d)   cpu %6.0f s (target %d)   %s\n", n, w, mw, cpu, mc, bad ? "MISSED" : "reached"
        exit bad }' || missed=1
}

echo "$(nproc) cores, $(awk -F': ' '/model name/ {print $2; exit}' /proc/cpuinfo), $(git rev-parse --short HEAD)"
timed "./run.sh to the rendered window" 480 900 ./run.sh
[ -s headlens.png ] || { tail -20 build.log; exit 1; }
timed "every test built after it" 1200 2400 tools/build.sh release
touch core/models/skeletons/stack.cpp
timed "one file of core/models changed" 40 80 tools/build.sh release headlens headlens-cli
exit "$missed"
