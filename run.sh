#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds, and opens HeadLens: its start page, with the embedded model on a sample picture below;
# with arguments what they name, at once. Without a display it renders the maps into headlens.png.
set -euo pipefail
cd "$(dirname "$0")"
tools/install_dependencies.sh run
[ -x build/release/bin/headlens ] || echo "The first start compiles HeadLens: some minutes on two cores. The next one takes seconds."
tools/build.sh release headlens headlens-cli
program=build/release/bin/headlens
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$program" "$@"
fi
"$program" --size 1600x1000 --screenshot headlens.png "$@"
echo "No display here: the window was rendered into $PWD/headlens.png"
