#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference cases of this version's architectures against headlens-cli. 77: the cases are not on this machine.
set -euo pipefail
oracle=${HEADLENS_SHARED:-$(dirname "$0")/../../../shared}/oracle
if [ ! -f "$oracle/check.py" ]; then
    echo "the folder of reference cases is not here"
    exit 77
fi
python3 "$oracle/check.py" "$1" --only vit_cls,vit_interp,deit_distilled,dino_v1,eps_probe_vit --verbose
