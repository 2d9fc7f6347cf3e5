#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A LibTorch of today from the Python package index, under build/: tools/install_torch.sh python|cuda
# Installs it when it is missing and prints its folder (for HEADLENS_TORCH). python: 2.13.0, about 1 GB on disk;
# cuda: 2.14.1 with NVIDIA's libraries, about 5.4 GB, no CUDA toolkit needed.
set -euo pipefail
cd "$(dirname "$0")/.."
case "${1:-}" in
    python) version=2.13.0 ;;
    cuda) version=2.14.1 ;;
    *) echo "usage: tools/install_torch.sh python|cuda" >&2 && exit 2 ;;
esac
environment=$PWD/build/torch-$version
if [ ! -f "$environment/complete" ]; then
    tools/install_dependencies.sh python >&2
    echo "Installing torch $version from the Python package index into $environment" >&2
    rm -rf "$environment"
    /usr/bin/python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check "torch==$version" >&2
    touch "$environment/complete"
fi
"$environment/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib") + "/torch")'
