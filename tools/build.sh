#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Configures (when needed) and builds a preset: tools/build.sh PRESET [--torch system|python|cuda|PATH] [TARGET...]
# --torch: which LibTorch. system (or nothing): Debian's, in build/PRESET; python and cuda: one of the Python package index
# (installed when missing), in build/PRESET-python and build/PRESET-cuda; PATH: the folder of another, in build/PRESET-path.
set -euo pipefail
preset=$1
shift
folder=build/$preset
options=()
if [ "${1:-}" = --torch ]; then
    case "$2" in
        system) ;;
        python | cuda) torch=$(tools/install_torch.sh "$2") folder=build/$preset-$2 ;;
        *) torch=$(realpath -- "$2") folder=build/$preset-path ;;
    esac
    [ -z "${torch:-}" ] || options=(-DHEADLENS_TORCH="$torch")
    shift 2
fi
mkdir -p "$folder"
exec {lock}>"$folder/.lock"
flock "$lock" # two builds of one folder would write the same files
[ -f "$folder/build.ninja" ] && [ ${#options[@]} -eq 0 ] || cmake --preset "$preset" -B "$folder" "${options[@]}" >/dev/null

# As many compilers at once as there are processors and memory for: a file that includes LibTorch takes up to 1.5 GB.
jobs_for_this_machine() {
    local free_mb jobs
    free_mb=$(awk '/^MemAvailable:/ {print int($2 / 1024)}' /proc/meminfo)
    jobs=$((${free_mb:-3000} / 1500))
    [ "$jobs" -le "$(nproc)" ] || jobs=$(nproc)
    [ "$jobs" -ge 1 ] || jobs=1
    echo "$jobs"
}

# "[n/m] what it does (about k min left)" from ninja's own lines: one line that changes on a terminal, one in ten
# seconds elsewhere. Everything else (warnings, errors) passes.
show_progress() {
    local line done all left told=-10 open=
    while IFS= read -r line; do
        if [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (.*)$ ]]; then
            done=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
            left=$((SECONDS * (all - done) / (done > 0 ? done : 1))) # [0/1]: CMake runs again
            if [ "$left" -ge 90 ]; then left="about $(((left + 30) / 60)) min left"; else left="about $left s left"; fi
            line="[$done/$all] ${BASH_REMATCH[3]##*/} ($left)"
            if [ -t 1 ]; then
                printf '\r\033[K%s' "$line"
                open=1
            elif [ $((SECONDS - told)) -ge 10 ] || [ "$done" -eq "$all" ]; then
                told=$SECONDS
                echo "$line"
            fi
        else
            [ -z "$open" ] || { echo; open=; }
            printf '%s\n' "$line"
        fi
    done
    [ -z "$open" ] || echo
}

SECONDS=0
cmake --build "$folder" --parallel "$(jobs_for_this_machine)" ${1:+--target "$@"} 2>&1 | show_progress
