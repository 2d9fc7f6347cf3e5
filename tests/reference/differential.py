# SPDX-License-Identifier: GPL-3.0-or-later
"""HeadLens against the living libraries on random cases:

    differential.py --program headlens-cli [--families NAME,...] --cases N --seed S [--keep FOLDER]

Every kind of case is a module with a table CASES: name -> function(program, pick, folder), which answers the worst
difference as a share of what is allowed (at most 1), or a sentence that says what differs. A failing case is shrunk
while it still fails and kept as a folder. Exit status 1 when a case differs; the last line is a summary."""
import argparse
import pathlib
import shutil
import sys
import tempfile
import warnings

import torchvision_on_cpu  # noqa: F401  before transformers
import torch

warnings.filterwarnings("ignore")
import transformers  # noqa: E402

transformers.utils.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()
import random_attributions  # noqa: E402
import random_models  # noqa: E402
import random_pictures  # noqa: E402
import random_texts  # noqa: E402
from drawing import Choices, Refused  # noqa: E402

CASES = {**random_models.CASES, **random_pictures.CASES, **random_texts.CASES, **random_attributions.CASES}


def run_case(program, family, seed, folder, replay=None):
    """(Choices, worst share of the tolerance or a sentence). Throws Refused."""
    pick = Choices(seed, replay)
    found = CASES[family](program, pick, fresh(folder))
    if isinstance(found, float) and not found <= 1:
        found = f"differs by {found:.3g} times what is allowed"
    return pick, found


def shrink(program, family, seed, drawn, folder):
    """Every choice towards its plainest option while the case still fails."""
    smallest = dict(drawn)
    for name in list(drawn):
        for index in range(smallest.get(name, 0)):
            tried = {**smallest, name: index}
            try:
                pick, found = run_case(program, family, seed, folder, tried)
            except Refused:
                continue
            if isinstance(found, str):
                smallest = dict(pick.drawn)
                break
    return run_case(program, family, seed, folder, smallest)


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def check_family(options, family):
    """Prints the family's row; the number of failures. More refusals than cases that ran are a failure of the family."""
    worst, ran, failures, refusals = 0.0, 0, 0, []
    for number in range(options.cases):
        seed = options.seed * 1_000_003 + number
        try:
            pick, found = run_case(options.program, family, seed, options.room / family)
        except Refused as refusal:
            refusals.append(str(refusal))
            continue
        ran += 1
        if isinstance(found, float):
            worst = max(worst, found)
            continue
        failures += 1
        kept = options.keep / f"{family}-{seed}"
        pick, found = shrink(options.program, family, seed, pick.drawn, kept)
        print(f"FAILED {family}, seed {seed}, kept in {kept}: {found}\n  {', '.join(pick.values)}", flush=True)
        if failures >= options.most:
            break
    said = f" {len(refusals)} refused by the library: {refusals[-1][:120]}" if refusals else ""
    print(f"| {family} | {ran} | {worst:.2f} | {failures} |{said}", flush=True)
    return failures + (ran <= len(refusals))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--families", default=",".join(CASES))
    parser.add_argument("--cases", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=3, help="failures that end a family")
    parser.add_argument("--keep", type=pathlib.Path, default=pathlib.Path("build/differential"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    print("| family | cases | worst difference, of what is allowed | failed |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as room:
        options.room = pathlib.Path(room)
        failures = sum(check_family(options, family) for family in options.families.split(","))
    print(f"{len(options.families.split(','))} families, {failures} failures")
    sys.exit(1 if failures else 0)


main()
