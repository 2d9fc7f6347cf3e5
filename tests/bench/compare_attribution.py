# SPDX-License-Identifier: GPL-3.0-or-later
"""Attribution beside captum, pytorch-grad-cam and PyTorch on this machine, in turns: compare_attribution.py [ROUNDS].
One table: milliseconds (median), in forward passes of HeadLens, and as a share of the public implementation's time."""
import statistics
import sys

from interleave import Contestant

MODEL, SIDE = "build/bench/vit-base-patch16-224", "224"
OURS = ["build/release/bin/bench_attribution", MODEL, SIDE]
PEER = [sys.executable, "tests/bench/peers/attribution_peer.py", MODEL, SIDE]
# What is asked of HeadLens, of the public implementation, and how many times a round.
WORK = (("forward", "forward", 5), ("rollout", "rollout", 5), ("chefer-generic", "chefer-generic", 3),
        ("grad-cam", "grad-cam", 3), ("gradient-x-input", "gradient-x-input", 3),
        ("integrated-gradients,steps=20", "integrated-gradients", 1), ("occlusion", "occlusion", 1),
        ("ablate-head,heads=8.3", "ablate-head", 5), ("sweep-heads", None, 1))


def times(contestant, word, passes):
    contestant.ask(word)
    return [contestant.ask(word) for _ in range(passes)]


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    ours, peer = Contestant(OURS), Contestant(PEER)
    found = {word: ([], []) for word, _, _ in WORK}
    for _ in range(rounds):
        for word, other, passes in WORK:
            found[word][0].extend(times(ours, word, passes))
            if other is not None:
                found[word][1].extend(times(peer, other, passes))
    forward = statistics.median(found["forward"][0])
    print("| ViT-B/16 at 224 | HeadLens ms | forward passes | public ms | share |\n|---|---|---|---|---|")
    for word, (own, public) in found.items():
        ms, theirs = statistics.median(own), statistics.median(public) if public else None
        whole = ms + (forward if word == "rollout" else 0)  # the public roll-out runs the model as well
        share = f"{theirs:.0f} | {whole / theirs:.2f}" if theirs else "- | -"
        print(f"| {word} | {ms:.1f} | {ms / forward:.2f} | {share} |")


main()
