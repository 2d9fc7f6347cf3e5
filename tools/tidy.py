# SPDX-License-Identifier: GPL-3.0-or-later
"""Run by tidy.sh: clang-tidy over the window's files with the commands of build/asan, as many at once as there are processors. A file that passed is
not looked at again, in any clone of this user, until it, a header of ours that it includes, .clang-tidy or clang-tidy changes."""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / os.environ.get("HEADLENS_TIDY_BUILD", "build/asan")  # any build of the window has the commands
PASSED = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "headlens-tidy"
TIDY = ROOT / "build/tidy-env/bin/clang-tidy"  # tidy.sh installs it; Debian's takes three times as long
CHECKS = (ROOT / "tools/tidy_checks.txt").read_bytes()  # a newer release adds some: they come in by name
VERSION = subprocess.run([TIDY, "--version"], capture_output=True, check=True).stdout
FOLDERS = ("app", "widgets")  # those of core by name


def included_by_object():
    """{object file: files of ours that it was compiled from}, from ninja's log."""
    said = subprocess.run(["ninja", "-C", BUILD, "-t", "deps"], capture_output=True, text=True, check=True).stdout
    found, ours = {}, set()
    for line in said.splitlines():
        if line and not line.startswith(" "):
            ours = found.setdefault(line.split(":")[0], set())
        elif line:
            path = (BUILD / line.strip()).resolve()
            if path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / "build"):
                ours.add(path)
    return found


def object_of(entry):
    words = entry["command"].split()
    return words[words.index("-o") + 1]


def stamp_of(file, included):
    digest = hashlib.sha256(VERSION + CHECKS + (ROOT / ".clang-tidy").read_bytes())
    for path in sorted({*included, file}):
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return PASSED / digest.hexdigest()


def check(file, stamp):
    """What clang-tidy says of a file; nothing where it has nothing to say."""
    done = subprocess.run([TIDY, "-p", BUILD, "--quiet", "--warnings-as-errors=*", "--header-filter=^$",
                           "--checks=-*," + ",".join(CHECKS.decode().split()),
                           "--extra-arg=-Wno-unknown-warning-option", file], capture_output=True, text=True)
    if done.returncode == 0:
        stamp.touch()
        return ""
    return done.stdout or done.stderr


def main():
    wanted = {pathlib.Path(name).resolve() for name in sys.argv[1:]}
    included, work = included_by_object(), {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        file = pathlib.Path(entry["file"]).resolve()
        usual = file.is_relative_to(ROOT) and file.relative_to(ROOT).parts[0] in FOLDERS
        if file in wanted or (usual and not wanted):
            work[file] = stamp_of(file, included.get(object_of(entry), ()))
    PASSED.mkdir(parents=True, exist_ok=True)
    left = {file: stamp for file, stamp in work.items() if not stamp.exists()}
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        warned = 0
        for said in pool.map(check, left.keys(), left.values()):
            warned += bool(said)
            print(said, end="", flush=True)
    print(f"{len(work)} files, {len(left)} changed since they passed, {warned} with warnings")
    sys.exit(1 if warned else 0)


main()
