# SPDX-License-Identifier: GPL-3.0-or-later
"""compare.py [--json FILE] [--document FILE] [--quick]: run by compare.sh. Races HeadLens against PyTorch (eager with all
attentions, scaled_dot_product_attention, torch.compile), ONNX Runtime and OpenVINO on the same weights, with all vectors
of the processor and with AVX2 alone; measures threads, memory and the window. Prints tables; --json writes the figures by
name, --document the tables as docs/measured.md."""
import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version

from instruction_sets import environment, features, sets_of_this_machine
from interleave import Contestant, race, summary

BIN, MODELS = "build/release/bin/", "build/bench/"
PEERS = {"eager": "PyTorch eager, all attentions", "sdpa": "PyTorch SDPA", "compile": "torch.compile",
         "onnxruntime": "ONNX Runtime", "openvino": "OpenVINO"}
SET_NAMES = {"native": "all vectors", "avx2": "AVX2 alone"}
# folder, name of its figures, title, how HeadLens is asked, share of the rounds, passes a round
RACES = (("vit-base-patch16-224", "vit_b16", "ViT-B/16 at 224", (), 1, 5),
         ("swin-tiny-224", "swin_t", "Swin-T at 224", (), 1, 5),
         ("vit-tiny-patch16-224", "deit_tiny", "DeiT-Tiny's shape at 224", (), 1, 10),
         ("dinov2-base", "dinov2_b", "DINOv2-B at 518", (), 0.5, 3),
         ("bert-base", "bert_base", "BERT-base, 128 tokens", ("--tokens", "128"), 1, 5),
         ("gpt2", "gpt2", "GPT-2, 256 tokens, all scores", ("--tokens", "256"), 0.75, 3))


def headlens(model, *options, instruction_set="native", word="", **more):
    return Contestant([BIN + "headlens-cli", "bench", "--model", MODELS + model, "--on-request", *options],
                      {**environment(instruction_set), **more}, word)


def peer(model, name, instruction_set="native"):
    return Contestant([sys.executable, "tests/bench/peers/run_peer.py", MODELS + model, name],
                      environment(instruction_set, name))


class Report:
    def __init__(self):
        self.figures, self.lines, self.races, self.prefix = {}, [], {}, ""

    def add(self, name, value):
        self.figures[self.prefix + name] = round(value, 4)

    def times(self, name, found):
        for key, times in found.items():
            s = summary(times)
            self.add(f"{name}.{key}_ms", s["ms"])
            self.figures[f"{self.prefix}{name}.{key}_quartiles_ms"] = [round(s["low"], 2), round(s["high"], 2)]

    def ratio(self, name, found, ours, theirs, passes):
        """Median over the rounds: neighbours in time meet the same machine."""
        pairs = [statistics.median(found[ours][i:i + passes]) / statistics.median(found[theirs][i:i + passes])
                 for i in range(0, len(found[ours]), passes)]
        value = statistics.median(pairs)
        self.add(name, value)
        return value

    def row(self, what, value, target, met):
        self.lines.append((what, value, target, "yes" if met else "**no**"))

    def race(self, instruction_set, title, found, ratio):
        """One line of the table of rivals; only HeadLens and eager PyTorch keep any attention."""
        times = [summary(found[name]) for name in ("headlens", *PEERS)]
        self.races.setdefault(instruction_set, []).append(
            [title] + [f"{t['ms']:.1f} ({t['low']:.1f}–{t['high']:.1f})" for t in times] + [f"{ratio:.2f}"])

    def race_tables(self):
        for instruction_set, lines in self.races.items():
            yield (f"\n{SET_NAMES[instruction_set][0].upper() + SET_NAMES[instruction_set][1:]}:\n\n| ms, float32 | HeadLens, trace kept | " +
                   " | ".join(PEERS.values()) + " | HeadLens to the fastest |")
            yield "|---" * (len(PEERS) + 3) + "|"
            for line in lines:
                yield "| " + " | ".join(line) + " |"

    def table(self):
        yield "\n| | measured | target | reached |\n|---|---|---|---|"
        for line in self.lines:
            yield "| " + " | ".join(line) + " |"


def race_peers(report, instruction_set, line, rounds):
    """HeadLens against all peers on one model; answers the times of every pass and the passes a round."""
    model, name, title, options, share, passes = line
    name += ".fp32"
    contestants = {"headlens": headlens(model, *options, instruction_set=instruction_set),
                   **{p: peer(model, p, instruction_set) for p in PEERS}}
    found = compete(contestants, max(2, int(rounds * share)), passes)
    report.times(name, found)
    ratios = {p: report.ratio(f"{name}.{p}_ratio", found, "headlens", p, passes) for p in PEERS}
    fastest = max((p for p in PEERS if p != "eager"), key=ratios.get)
    report.add(name + ".ratio", ratios[fastest])
    report.race(instruction_set, title, found, ratios[fastest])
    report.row(f"{title}, {SET_NAMES[instruction_set]}, against the fastest ({PEERS[fastest]})", f"{ratios[fastest]:.2f} ×",
               "0.90 ×", ratios[fastest] <= 0.9)
    report.row("the same against eager PyTorch with all attentions", f"{ratios['eager']:.2f} ×", "0.60 ×",
               ratios["eager"] <= 0.6)


def products(report, instruction_set):
    """How much of what the vectors can do the products of 197 rows reach."""
    line = subprocess.run([BIN + "headlens-cli", "bench", "--model", MODELS + "vit-base-patch16-224", "--profile", "--json"],
                          check=True, capture_output=True, text=True, env=environment(instruction_set)).stdout
    profile = json.loads(line.splitlines()[-1])
    linear = [entry for entry in profile["kinds"] if entry["kind"].startswith("linear") and entry["operations"] > 0]
    share = sum(e["operations"] for e in linear) / sum(e["ms"] for e in linear) * 1e3 / profile["peak"]
    report.add("vit_b16.linear_share_of_peak", share)
    report.add("peak_gflops", profile["peak"] / 1e9)
    report.row(f"share of the measured peak ({profile['peak'] / 1e9:.0f} GFLOP/s) that the layers of ViT-B/16 reach, "
               f"{SET_NAMES[instruction_set]}", f"{100 * share:.0f} %", "85 %", share >= 0.85)


def precisions(report, rounds):
    model, passes = "vit-base-patch16-224", 5
    contestants = {"headlens": headlens(model), "bare": headlens(model, word="bare")}
    if "avx512_bf16" in features():
        contestants["bf16"] = headlens(model, "--precision", "bfloat16")
    if {"avx512_vnni", "avx_vnni"} & set(features()):
        contestants["int8"] = headlens(model, "--precision", "int8")
    found = compete(contestants, rounds, passes)
    cost = report.ratio("vit_b16.fp32.trace_ratio", found, "headlens", "bare", passes) - 1
    report.row("cost of keeping the trace", f"{100 * cost:.1f} %", "3 %", cost <= 0.03)
    if "bf16" in found:
        ratio = report.ratio("vit_b16.bf16.ratio", found, "bf16", "headlens", passes)
        report.row("bfloat16 against float32", f"{ratio:.3f} × ({summary(found['bf16'])['ms']:.1f} ms)", "0.55 ×",
                   ratio <= 0.55)
    if "int8" in found:
        ratio = report.ratio("vit_b16.int8.ratio", found, "int8", "headlens", passes)
        report.row("int8 against float32", f"{ratio:.3f} × ({summary(found['int8'])['ms']:.1f} ms)", "0.67 ×", ratio <= 0.67)


def opening(report, rounds):
    """Opening a large model of halves against reading its file once; neither finds the file in memory."""
    folder = MODELS + "vit-large-patch16-384"
    command = [BIN + "headlens-cli", "bench", "--model", folder, "--runs", "1", "--json"]
    reads, opens = [], []
    for _ in range(max(3, rounds)):
        reads.append(seconds_to_read(folder + "/model.safetensors"))
        forget(folder + "/model.safetensors")
        line = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        opens.append(json.loads(line)["open_ms"] / 1e3)
    read, opened = statistics.median(reads), statistics.median(opens)
    report.add("vit_l16_384.read_ms", 1e3 * read)
    report.add("vit_l16_384.open_ms", 1e3 * opened)
    report.row("opening ViT-L/16 at 384 from float16 (607 MB), of reading its file once",
               f"{opened / read:.1f} × ({1e3 * opened:.0f} ms; reading {1e3 * read:.0f} ms)", "1.5 ×", opened <= 1.5 * read)


def forget(path):
    """Has the system drop what it keeps of a file."""
    with open(path, "rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def seconds_to_read(path):
    forget(path)
    begin = time.monotonic()
    with open(path, "rb", buffering=0) as file:
        buffer = bytearray(1 << 20)
        while file.readinto(buffer):
            pass
    return time.monotonic() - begin


def threads(report, rounds):
    """With another program on one core a pass may take what the free share of the cores explains, and 1.3 times that."""
    cores, model, passes = len(os.sched_getaffinity(0)), "vit-base-patch16-224", 5
    counts = (1, 2, 4)
    alone = compete({str(n): headlens(model, HEADLENS_THREADS=str(n)) for n in counts}, rounds, passes)
    busy = subprocess.Popen(["taskset", "-c", "0", sys.executable, "-c", "while True: pass"])
    try:
        beside = compete({str(n): headlens(model, HEADLENS_THREADS=str(n)) for n in counts}, rounds, passes)
    finally:
        busy.kill()
    for n in counts:
        used = min(n, cores)
        free = used / min(used, cores - 0.5)  # the other program takes half of its core, if that is needed at all
        ratio = statistics.median(beside[str(n)]) / statistics.median(alone[str(n)]) / free
        report.add(f"threads.{n}_alone_ms", statistics.median(alone[str(n)]))
        report.add(f"threads.{n}_beside_ms", statistics.median(beside[str(n)]))
        report.row(f"{n} thread{'s' if n > 1 else ''} on {cores} cores, another program on one of them: time, of what the "
                   "free share explains", f"{ratio:.2f} × ({statistics.median(beside[str(n)]):.0f} ms; alone "
                   f"{statistics.median(alone[str(n)]):.0f})", "1.3 ×", ratio <= 1.3)


def compete(contestants, rounds, passes):
    found = race(contestants, rounds, passes)
    for contestant in contestants.values():
        contestant.close()
    return found


def peak_of(command):
    """The most bytes that the program held."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise RuntimeError(f"{command} failed")
    return usage.ru_maxrss * 1024


def memory(report):
    lines = subprocess.run([BIN + "bench_engine", MODELS + "dino-vits8-480", "112", "192", "296", "480", "512"],
                           check=True, capture_output=True, text=True).stdout.splitlines()
    worst = 0
    for line in map(json.loads, lines):
        worst = max(worst, line["trace_bytes"] / line["expected_bytes"])
        for key in ("trace_bytes", "hidden_bytes", "rows_ms", "tile_ms", "zoomed_tile_ms"):
            report.add(f"trace.n{line['tokens']}.{key}", line[key])
    sizes = ", ".join(f"{json.loads(line)['trace_bytes'] / 1e6:.1f}" for line in lines)
    report.row("queries and keys at 197, 577, 1370, 3601, 4097 tokens (ViT-S/8), of L·2·N·D",
               f"{worst:.3f} × ({sizes} MB)", "1.10 ×", worst <= 1.1)
    ours = peak_of([BIN + "headlens-cli", "export", "--model", MODELS + "dino-vits8-480", "--image",
                    "resources/images/chelsea.jpg", "--layer", "0", "--head", "0", "--out", MODELS + "figures"])
    weights = 2 * os.path.getsize(MODELS + "dino-vits8-480/model.safetensors")  # stored as float16
    allowed = weights + report.figures["trace.n3601.trace_bytes"] + report.figures["trace.n3601.hidden_bytes"] + 400e6
    rival = peer("dino-vits8-480", "eager")
    rival.ask("")
    theirs = rival.ask("peak") * 2**20
    rival.close()
    report.add("vits8_480.headlens_peak_mb", ours / 1e6)
    report.add("vits8_480.pytorch_peak_mb", theirs / 1e6)
    report.row("peak memory, ViT-S/8 at 480 (eager PyTorch with all attentions: "
               f"{theirs / 1e9:.1f} GB)", f"{ours / 1e6:.0f} MB", f"{allowed / 1e6:.0f} MB", ours <= allowed)


def window(model, film=False, instruction_set="native"):
    command = [BIN + "bench_window", BIN + "headlens-cli", model, "resources/images/chelsea.jpg",
               "resources/images/coffee.jpg"] + ([MODELS + "pan.mp4"] if film else [])
    result = subprocess.run(command, check=True, capture_output=True, text=True,
                            env={"QT_QPA_PLATFORM": "offscreen", **environment(instruction_set)})
    return json.loads(result.stdout.splitlines()[-1])


def keep(report, name, found):
    for key, value in found.items():
        report.add(f"{name}.{key}", value)


def hovering(report, instruction_set):
    """What must be quick on every processor."""
    how = SET_NAMES[instruction_set]
    large = window(os.path.abspath(MODELS + "vit-large-patch16-384"), instruction_set=instruction_set)
    keep(report, "window.vit_l16_384", large)
    report.row(f"hover to painted frame, 577 tokens × 24 layers × 16 heads, {how}",
               f"p50 {large['hover_ms_p50']:.1f}, p99 {large['hover_ms_p99']:.1f} ms", "8, 16 ms",
               large["hover_ms_p50"] <= 8 and large["hover_ms_p99"] <= 16)
    many = window(os.path.abspath(MODELS + "dino-vits8-480"), instruction_set=instruction_set)
    keep(report, "window.vits8_480", many)
    report.row(f"hover to painted frame, 3601 tokens × 12 layers × 6 heads, {how}", f"p99 {many['hover_ms_p99']:.1f} ms",
               "24 ms", many["hover_ms_p99"] <= 24)
    small = window("emoji-vit", film=True, instruction_set=instruction_set)
    keep(report, "window.emoji_vit", small)
    report.row(f"a film of 30 frames a second through the embedded model, {how}",
               f"{small['film_frames_per_second']:.1f} shown a second", "25", small["film_frames_per_second"] >= 25)
    return many, small


def windows(report, many, small):
    tile, scroll = report.figures["trace.n4097.tile_ms"], many["matrix_scroll_ms_p99"]
    report.row("matrix: whole at 4097 tokens; a frame of scrolling and zooming", f"{tile:.0f} ms; p99 {scroll:.1f} ms",
               "50 ms; 16.7 ms", tile <= 50 and scroll <= 16.7)
    report.row("first paint; embedded model ready", f"{small['first_paint_ms']:.0f} ms; {small['ready_ms']:.0f} ms",
               "300 ms; 1500 ms", small["first_paint_ms"] <= 300 and small["ready_ms"] <= 1500)
    tiny = window(os.path.abspath(MODELS + "vit-tiny-patch16-224"))
    keep(report, "window.vit_tiny", tiny)
    report.row("switching to DeiT-Tiny's shape", f"{tiny['model_switch_ms']:.0f} ms", "500 ms",
               tiny["model_switch_ms"] <= 500)


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        cpu = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    return (f"{len(os.sched_getaffinity(0))} cores of {cpu} ({', '.join(features())}), "
            f"{platform.freedesktop_os_release()['PRETTY_NAME']}, PyTorch {version('torch')}, ONNX Runtime "
            f"{version('onnxruntime')}, OpenVINO {version('openvino').split('-')[0]}, commit {commit}, "
            f"{datetime.date.today().isoformat()}")


DOCUMENT = """# Measured

<!-- Written by tests/bench/compare.sh, down to the mark below; what is changed by hand above it is lost. -->

HeadLens beside PyTorch, ONNX Runtime and OpenVINO, each on the same weights and in float32. HeadLens keeps every query,
key and hidden state, eager PyTorch every attention map, the others nothing. The programs run in turns; times are medians
with quartiles, ratios medians over the rounds. For "AVX2 alone" everything wider is switched off in all of them.

"""


BY_HAND = "<!-- What follows is written by hand"


def written_by_hand(document):
    """What stands in it from the mark on; nothing where there is no such document or mark."""
    if not os.path.exists(document):
        return ""
    with open(document, encoding="utf-8") as file:
        text = file.read()
    return "\n" + text[text.index(BY_HAND):] if BY_HAND in text else ""


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--json", metavar="FILE")
    arguments.add_argument("--document", metavar="FILE")
    arguments.add_argument("--quick", action="store_true", help="two rounds: to try the program, not to report")
    arguments.add_argument("--races", action="store_true", help="the peers only")
    given = arguments.parse_args()
    rounds = 2 if given.quick else 8
    report = Report()
    report.figures["machine"] = machine() + f", {rounds} rounds"
    felt = None
    for instruction_set in sets_of_this_machine():
        report.prefix = "" if instruction_set == "native" else instruction_set + "."
        for line in RACES:
            race_peers(report, instruction_set, line, rounds)
        products(report, instruction_set)
        if not given.races:
            found = hovering(report, instruction_set)
            felt = felt or found
    report.prefix = ""
    if not given.races:
        precisions(report, rounds)
        threads(report, rounds)
        memory(report)
        opening(report, rounds)
        windows(report, *felt)
    text = "\n".join([report.figures["machine"], *report.race_tables(), *report.table()]) + "\n"
    print(text)
    if given.document:
        kept = written_by_hand(given.document)
        with open(given.document, "w", encoding="utf-8") as file:
            file.write(DOCUMENT + text + kept)
    if given.json:
        with open(given.json, "w", encoding="utf-8") as file:
            json.dump(report.figures, file, indent=2)


main()
