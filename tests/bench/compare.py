# SPDX-License-Identifier: GPL-3.0-or-later
"""compare.py [--json FILE] [--quick]: run by compare.sh. Races HeadLens against PyTorch (eager with all attentions,
scaled_dot_product_attention, torch.compile), ONNX Runtime and OpenVINO on the same weights, measures memory and the
window, and prints two tables; --json writes the same figures by name."""
import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
from importlib.metadata import version

from interleave import Contestant, race, summary

BIN, MODELS = "build/release/bin/", "build/bench/"
PEERS = {"eager": "PyTorch eager, all attentions", "sdpa": "PyTorch SDPA", "compile": "torch.compile",
         "onnxruntime": "ONNX Runtime", "openvino": "OpenVINO"}


def headlens(model, *options, word=""):
    return Contestant([BIN + "headlens-cli", "bench", "--model", MODELS + model, "--on-request", *options], word=word)


def peer(model, name):
    return Contestant([sys.executable, "tests/bench/peers/run_peer.py", MODELS + model, name])


class Report:
    def __init__(self):
        self.figures, self.lines, self.races = {}, [], []

    def add(self, name, value):
        self.figures[name] = round(value, 4)

    def times(self, name, found):
        for key, times in found.items():
            s = summary(times)
            self.add(f"{name}.{key}_ms", s["ms"])
            self.figures[f"{name}.{key}_quartiles_ms"] = [round(s["low"], 2), round(s["high"], 2)]

    def ratio(self, name, found, ours, theirs, passes):
        """Median over the rounds: neighbours in time meet the same machine."""
        pairs = [statistics.median(found[ours][i:i + passes]) / statistics.median(found[theirs][i:i + passes])
                 for i in range(0, len(found[ours]), passes)]
        self.add(name, statistics.median(pairs))
        return self.figures[name]

    def row(self, what, value, target, met):
        self.lines.append((what, value, target, "yes" if met else "**no**"))

    def race(self, title, found):
        """One line of the table of rivals; only HeadLens and eager PyTorch keep any attention."""
        times = [summary(found[name]) for name in ("headlens", *PEERS)]
        self.races.append([title] + [f"{t['ms']:.1f} ({t['low']:.1f}–{t['high']:.1f})" for t in times])

    def race_table(self):
        print("| ms, float32 | HeadLens, trace kept | " + " | ".join(PEERS.values()) + " |\n" + "|---" * (len(PEERS) + 2) + "|")
        for line in self.races:
            print("| " + " | ".join(line) + " |")

    def table(self):
        print("| | measured | target | reached |\n|---|---|---|---|")
        for line in self.lines:
            print("| " + " | ".join(line) + " |")


def spread(report, name):
    low, high = report.figures[name.replace("_ms", "_quartiles_ms")]
    return f"{report.figures[name]:.1f} ms ({low:.1f}–{high:.1f})"


def race_peers(report, model, name, title, rounds, passes, **more):
    found = compete({"headlens": headlens(model), **more, **{p: peer(model, p) for p in PEERS}}, rounds, passes)
    report.times(name, found)
    report.race(title, found)
    return found


def vit_base(report, rounds, passes):
    model, name = "vit-base-patch16-224", "vit_b16.fp32"
    bfloat16 = {"headlens_bf16": headlens(model, "--precision", "bfloat16")} if has_bfloat16() else {}
    found = race_peers(report, model, name, "ViT-B/16 at 224", rounds, passes,
                       headlens_bare=headlens(model, word="bare"), **bfloat16)
    ratio = report.ratio(name + ".ratio", found, "headlens", "onnxruntime", passes)
    report.row("ViT-B/16 at 224, float32, full trace, against ONNX Runtime without attention", f"{ratio:.2f} ×", "0.85 ×",
               ratio <= 0.85)
    ratio = report.ratio(name + ".pytorch_ratio", found, "headlens", "eager", passes)
    report.row("the same against eager PyTorch with all attentions", f"{ratio:.2f} ×", "0.35 ×", ratio <= 0.35)
    cost = report.ratio(name + ".trace_ratio", found, "headlens", "headlens_bare", passes) - 1
    report.row("cost of keeping the trace", f"{100 * cost:.1f} %", "3 %", cost <= 0.03)
    if not bfloat16:
        report.row("bfloat16", "this processor has none", "0.55 ×", True)
        return
    ratio = report.ratio("vit_b16.bf16.ratio", found, "headlens_bf16", "headlens", passes)
    report.row("bfloat16 against float32", f"{ratio:.3f} × ({spread(report, name + '.headlens_bf16_ms')})", "0.55 ×",
               ratio <= 0.55)


def against_onnx(report, model, name, title, rounds, passes):
    found = race_peers(report, model, name, title, rounds, passes)
    ratio = report.ratio(name + ".ratio", found, "headlens", "onnxruntime", passes)
    report.row(f"{title} against ONNX Runtime", f"{ratio:.2f} ×", "1.0 ×", ratio <= 1)


def compete(contestants, rounds, passes):
    found = race(contestants, rounds, passes)
    for contestant in contestants.values():
        contestant.close()
    return found


def has_bfloat16():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        return "avx512_bf16" in file.read()


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


def window(model, film=False):
    command = [BIN + "bench_window", BIN + "headlens-cli", model, "resources/images/chelsea.jpg",
               "resources/images/coffee.jpg"] + ([MODELS + "pan.mp4"] if film else [])
    result = subprocess.run(command, check=True, capture_output=True, text=True,
                            env={"QT_QPA_PLATFORM": "offscreen", **os.environ})
    return json.loads(result.stdout.splitlines()[-1])


def windows(report):
    def keep(name, found):
        for key, value in found.items():
            report.add(f"{name}.{key}", value)

    large = window(os.path.abspath(MODELS + "vit-large-patch16-384"))
    keep("window.vit_l16_384", large)
    report.row("hover to painted frame, 577 tokens × 24 layers × 16 heads",
               f"p50 {large['hover_ms_p50']:.1f}, p99 {large['hover_ms_p99']:.1f} ms", "8, 16 ms",
               large["hover_ms_p50"] <= 8 and large["hover_ms_p99"] <= 16)
    many = window(os.path.abspath(MODELS + "dino-vits8-480"))
    keep("window.vits8_480", many)
    report.row("hover to painted frame, 3601 tokens × 12 layers × 6 heads", f"p99 {many['hover_ms_p99']:.1f} ms",
               "33 ms", many["hover_ms_p99"] <= 33)
    tile, scroll = report.figures["trace.n4097.tile_ms"], many["matrix_scroll_ms_p99"]
    report.row("matrix: whole at 4097 tokens; a frame of scrolling and zooming", f"{tile:.0f} ms; p99 {scroll:.1f} ms",
               "50 ms; 16.7 ms", tile <= 50 and scroll <= 16.7)
    small = window("emoji-vit", film=True)
    keep("window.emoji_vit", small)
    report.row("first paint; embedded model ready", f"{small['first_paint_ms']:.0f} ms; {small['ready_ms']:.0f} ms",
               "300 ms; 1500 ms", small["first_paint_ms"] <= 300 and small["ready_ms"] <= 1500)
    report.row("a film of 30 frames a second through the embedded model",
               f"{small['film_frames_per_second']:.1f} shown a second", "25", small["film_frames_per_second"] >= 25)
    tiny = window(os.path.abspath(MODELS + "vit-tiny-patch16-224"))
    keep("window.vit_tiny", tiny)
    report.row("switching to DeiT-Tiny's shape", f"{tiny['model_switch_ms']:.0f} ms", "500 ms",
               tiny["model_switch_ms"] <= 500)


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        cpu = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    return (f"{len(os.sched_getaffinity(0))} cores of {cpu}, {platform.freedesktop_os_release()['PRETTY_NAME']}, "
            f"PyTorch {version('torch')}, ONNX Runtime {version('onnxruntime')}, OpenVINO {version('openvino')}, commit {commit}, {datetime.date.today().isoformat()}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--json", metavar="FILE")
    arguments.add_argument("--quick", action="store_true", help="few rounds: to try the program, not to report")
    given = arguments.parse_args()
    rounds = 2 if given.quick else 12
    report = Report()
    report.figures["machine"] = machine()
    vit_base(report, rounds, 5)
    against_onnx(report, "swin-tiny-224", "swin_t.fp32", "Swin-T at 224", rounds, 5)
    against_onnx(report, "vit-tiny-patch16-224", "deit_tiny.fp32", "DeiT-Tiny's shape at 224", rounds, 10)
    against_onnx(report, "dinov2-base", "dinov2_b.fp32", "DINOv2-B at 518", max(2, rounds // 2), 3)
    memory(report)
    windows(report)
    print(report.figures["machine"] + "; medians with quartiles, ratios as medians over interleaved rounds\n")
    report.race_table()
    print()
    report.table()
    if given.json:
        with open(given.json, "w", encoding="utf-8") as file:
            json.dump(report.figures, file, indent=2)


main()
