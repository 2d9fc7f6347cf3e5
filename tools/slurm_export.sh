#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A folder of pictures over many machines, as a Slurm array; every option is one of headlens-cli export:
#   sbatch --array=1-16 tools/slurm_export.sh --model ~/vit --image ~/photos --layer 11 --out ~/figures
#   headlens-cli merge ~/figures                # when all have ended: manifest.json lists all pictures in their order
# A part that was requeued goes on where it stopped. Without Slurm, on one machine with GNU parallel:
#   parallel headlens-cli export … --resume --shard {}/16 ::: {1..16}
#SBATCH --job-name=headlens
#SBATCH --cpus-per-task=4
#SBATCH --mem=8G
#SBATCH --requeue
set -euo pipefail
exec "${HEADLENS_CLI:-headlens-cli}" export "$@" --resume --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT"
