#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tests/fuzz/run.sh TARGET RUNS: mutants from the seeds; 77 when the fuzz preset was not built.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=build/fuzz/bin/fuzz_$1
if [ ! -x "$program" ]; then
    echo "not built: tools/build.sh fuzz"
    exit 77
fi
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
cp -r "tests/fuzz/seeds/$1/." "$seeds"
"$program" -runs="$2" -seed=1 -timeout=1 -rss_limit_mb=512 -max_len=4096 -print_final_stats=1 -artifact_prefix="$seeds/" "$seeds" 2>&1 | tail -n 12
