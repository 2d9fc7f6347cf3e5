#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds, and opens HeadLens: its start page, with the embedded model on a sample picture below;
# with arguments what they name, at once. Without a display it renders the maps into headlens.png.
# ./run.sh --cuda: the engine computes on an NVIDIA GPU (installs PyTorch's CUDA libraries under build/, 5.4 GB).
set -euo pipefail
cd "$(dirname "$0")"
program=(build/release/bin/headlens)
cuda=
if [ "${1:-}" = --cuda ]; then
    shift
    # The driver's own library, by the dynamic linker's list (WSL keeps it apart).
    if /sbin/ldconfig -p | grep -q 'libcuda\.so\.1' || [ -e /usr/lib/wsl/lib/libcuda.so.1 ]; then
        cuda=1
    else
        echo "This machine has no NVIDIA driver (libcuda.so.1 is missing), so HeadLens computes on the CPU; install the driver and start again for the GPU."
    fi
fi
tools/install_dependencies.sh run
[ -x "${program[0]}" ] || echo "The first start compiles HeadLens: some minutes on two cores. The next one takes seconds."
tools/build.sh release headlens headlens-cli
if [ -n "$cuda" ]; then
    tools/build.sh engine-only --torch cuda headlens-cli
    program+=(--engine "\"$PWD/build/engine-only-cuda/bin/headlens-cli\" serve")
fi
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "${program[@]}" "$@"
fi
"${program[@]}" --size 1600x1000 --screenshot headlens.png "$@"
echo "No display here: the window was rendered into $PWD/headlens.png"
