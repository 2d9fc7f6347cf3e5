# SPDX-License-Identifier: GPL-3.0-or-later
"""Times several programs in turns, so that what the machine does meanwhile strikes all of them alike. A contestant reads
lines and answers each with the milliseconds of one pass."""
import statistics
import subprocess


class Contestant:
    def __init__(self, command, environment=None, word=""):
        self.word, self.times = word, []
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True, env=environment)

    def ask(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.process.args} ended early")
        return float(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def race(contestants, rounds, passes, warm_up=3):
    """contestants {name: Contestant}; every round lets each make `passes` in a row. Answers {name: [ms, ...]}."""
    for contestant in contestants.values():
        for _ in range(warm_up):
            contestant.ask(contestant.word)
    for _ in range(rounds):
        for contestant in contestants.values():
            contestant.ask(contestant.word)  # the first one after the others' turn meets cold caches
            contestant.times += [contestant.ask(contestant.word) for _ in range(passes)]
    return {name: contestant.times for name, contestant in contestants.items()}


def summary(times):
    """Median and quartiles."""
    first, _, third = statistics.quantiles(times, n=4)
    return {"ms": statistics.median(times), "low": first, "high": third, "runs": len(times)}
