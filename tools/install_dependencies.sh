#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Debian packages for: run (build and use), test (also the tests), python (also environments of Python under build/).
# Asks apt only for what is missing.
set -euo pipefail
# libdnnl-dev, ocl-icd-opencl-dev: the CMake package of LibTorch names oneDNN, that of oneDNN demands OpenCL, and Debian
# only recommends them. Nothing of ours uses them.
packages=(
    build-essential cmake ninja-build ccache pkg-config
    qt6-base-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools qt6-svg-dev libqcustomplot-dev libgl1-mesa-dev
    libtorch-dev libdnnl-dev ocl-icd-opencl-dev libopenblas0-openmp libopencv-dev libjpeg-dev libgif-dev libwebp-dev libssl-dev libzip-dev libicu-dev libcli11-dev nlohmann-json3-dev libfmt-dev
    qt6-translations-l10n fonts-dejavu-core fonts-noto-cjk
)
if [ "${1:-run}" = test ]; then
    packages+=(clang clang-format libclang-rt-14-dev xvfb poppler-utils python3 python3-venv)
    command -v npm >/dev/null || packages+=(npm)
fi
if [ "${1:-run}" = python ]; then
    packages+=(python3-venv)
fi
# Small extras (0.3 MB) that the build does without: voices for lessons that are read aloud.
optional=(qt6-speech-dev qt6-speech-speechd-plugin)
missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo)
"${sudo[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${optional[@]}" >/dev/null ||
    echo "install_dependencies.sh: goes on without ${optional[*]}: lessons will not be read aloud"
