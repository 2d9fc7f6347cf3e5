# SPDX-License-Identifier: GPL-3.0-or-later
"""headlens-cli, started once for many commands: a start takes longer than most cases."""
import functools
import os
import subprocess
import threading

PATIENCE = 120  # seconds for one command; the cases are tiny


class Engine:
    def __init__(self, program):
        self.program, self.process = program, None

    def start(self):
        # Its threads sleep at once when they wait: with cases this small they would spin nine tenths of the time.
        self.process = subprocess.Popen([self.program, "batch", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True,
                                        env={**os.environ, "GOMP_SPINCOUNT": "0", "OMP_WAIT_POLICY": "passive"})

    def run(self, *words):
        """(True when it did what it was asked, everything it said). A crash or a hang is an answer as well."""
        if self.process is None:
            self.start()
        self.process.stdin.write(" ".join(f'"{word}"' for word in words) + "\n")
        self.process.stdin.flush()
        watch = threading.Timer(PATIENCE, self.process.kill)
        watch.start()
        said = []
        for line in self.process.stdout:
            if line.startswith("[") and line.endswith((" done\n", " failed\n")):
                watch.cancel()
                return line.endswith(" done\n"), "".join(said).strip()
            said.append(line)
        watch.cancel()
        status, self.process = self.process.wait(), None
        return False, f"the engine ended with {status}: {''.join(said).strip()}"


engine = functools.cache(Engine)  # one process a program
