# SPDX-License-Identifier: GPL-3.0-or-later
"""torch_worlds.py [--rounds N]: run by torch_worlds.sh; prints one table for all vectors and one for AVX2 only."""
import argparse
import os
import statistics
import subprocess
import time

from instruction_sets import SWITCHES
from interleave import Contestant, race

WORLDS = {"1.13": "build/release/bin/headlens-cli", "2.13": "build/release-python/bin/headlens-cli"}
MODELS = {"vit-base-patch16-224": [], "vit-tiny-patch16-224": [], "swin-tiny-224": [], "dinov2-base": [],
          "bert-base": ["--tokens", "128"], "gpt2": ["--tokens", "256"]}


def contestant(model, world, packed, narrowed):
    environment = {**os.environ, **narrowed, "HEADLENS_PACKED": "on" if packed else "off"}
    return Contestant([WORLDS[world], "bench", "--model", "build/bench/" + model, "--on-request", *MODELS[model]],
                      environment)


def table(rounds, narrowed):
    columns = [(world, packed) for packed in (True, False) for world in WORLDS]
    print("| ms, float32, trace kept | " + " | ".join(f"{w} {'packed' if p else 'plain'}" for w, p in columns) + " |")
    print("|---|" + "---|" * len(columns))
    for model in MODELS:
        contestants = {column: contestant(model, *column, narrowed) for column in columns}
        found = race(contestants, rounds, passes=3)
        for each in contestants.values():
            each.close()
        print(f"| {model} | " + " | ".join(f"{statistics.median(found[c]):.1f}" for c in columns) + " |", flush=True)


def start_up(program):
    times = []
    for _ in range(15):
        begin = time.perf_counter()
        subprocess.run([program, "--version"], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=8)
    rounds = parser.parse_args().rounds
    print("All vectors\n")
    table(rounds, {})
    print("\nAVX2 only\n")
    table(rounds, SWITCHES)
    print("\nStart of the engine until it has answered --version: " +
          ", ".join(f"{world} {start_up(program):.0f} ms" for world, program in WORLDS.items()))


main()
