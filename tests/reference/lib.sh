# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the scripts beside it that run reference cases: where the cases are, and a folder for those that are chosen.

# needs_cases FILE: sets `shared` to the folder of reference cases that has FILE; 77 (skipped) where it is not here.
needs_cases() {
    shared=${HEADLENS_SHARED:-$(dirname "$0")/../../../shared}
    if [ ! -e "$shared/$1" ]; then
        echo "the folder of reference cases is not here"
        exit 77
    fi
    shared=$(cd "$shared" && pwd)
}

# chosen_cases: sets `cases` to an empty folder for links to cases, which goes with the script.
chosen_cases() {
    cases=$(mktemp -d)
    trap 'rm -rf "$cases"' EXIT
}
