#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes resources/labels/imagenet.txt: the classes of ImageNet by their numbers, for weights without names.

    python3 tools/imagenet_labels.py FOLDER > resources/labels/imagenet.txt

FOLDER is timm/data/_info of an installed timm (the ids of every set, and WordNet's names of each id). A line is a sum and
a name; the sum tells which sets hold the class, and every set counts its classes in the order of the lines.
"""
import collections, pathlib, sys

SETS = {1: "imagenet_synsets", 2: "imagenet21k_miil_w21_synsets", 4: "imagenet21k_miil_synsets",
        8: "imagenet12k_synsets", 16: "imagenet22k_synsets", 32: "imagenet21k_goog_synsets"}
NOTICE = """\
# Classes of ImageNet. Names: WordNet 3.0, Copyright 2006 by Princeton University. All rights reserved. Permission to use,
# copy, modify and distribute this database for any purpose and without fee or royalty is granted by its licence, which
# asks for this notice: THIS DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES,
# EXPRESS OR IMPLIED. Written by tools/imagenet_labels.py.
# 1: the 1,000; 2: 10,450 and 4: 11,221 of 21k-p; 8: 12k (11,821); 16: 21,841; 32: 21,843."""


def main():
    folder = pathlib.Path(sys.argv[1])
    lines = (folder / "imagenet_synset_to_lemma.txt").read_text().splitlines()
    names = dict(line.split("\t", 1) for line in lines)
    holds = collections.Counter()
    for bit, name in SETS.items():
        ids = (folder / f"{name}.txt").read_text().split()
        assert ids == sorted(ids), name
        holds.update({id: bit for id in ids})
    short = {id: names[id].split(", ")[0] for id in holds}
    often = collections.Counter(short.values())
    print(NOTICE)
    for id in sorted(holds):
        print(holds[id], short[id] if often[short[id]] == 1 else ", ".join(names[id].split(", ")[:2]))


main()
