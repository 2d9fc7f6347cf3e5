# SPDX-License-Identifier: GPL-3.0-or-later
"""What every kind of case shares: how it draws, and how it says that the library itself refuses."""
import random


class Refused(Exception):
    """The library itself cannot compute what was drawn."""


class Choices:
    """Draws options, or replays what was drawn. Options that are listed first are the plainest: a failing case shrinks to them."""

    def __init__(self, seed, replay=None):
        self.seed = seed  # of everything that is not a choice: weights, pixels, letters
        self.random, self.replay, self.drawn, self.values = random.Random(seed), replay or {}, {}, []

    def __call__(self, name, *options):
        while name in self.drawn:
            name += "'"
        index = min(self.replay.get(name, self.random.randrange(len(options))), len(options) - 1)
        self.drawn[name] = index
        self.values.append(f"{name}={options[index]}")
        return options[index]
