#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The tests of the asan preset, for CTest. 77: not built (tools/build.sh asan).
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ ! -x build/asan/bin/tst_main_window ]; then
    echo "the tests under the sanitizers are not built"
    exit 77
fi
# What fontconfig, D-Bus and their like keep until the end is no leak of ours.
export LSAN_OPTIONS=suppressions=$PWD/tests/sanitizers/leaks.txt:print_suppressions=0
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
# What a golden picture shows was painted by the release build as well.
ctest --test-dir build/asan --parallel 2 --exclude-regex golden_windows --output-on-failure --no-tests=error && exit
# Once more at the end, where a log that is cut in the middle still has it.
grep -aE -A1 '^FAIL!|runtime error:|ERROR: [A-Z][a-z]+Sanitizer|SUMMARY:' build/asan/Testing/Temporary/LastTest.log || true
exit 1
