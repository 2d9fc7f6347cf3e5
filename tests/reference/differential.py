# SPDX-License-Identifier: GPL-3.0-or-later
"""HeadLens against the living libraries on random models:

    differential.py --program headlens-cli [--families NAME,...] --cases N --seed S [--keep FOLDER]

Draws configurations and weights for every family, lets transformers save them, runs the library in eager float32 and
`headlens-cli trace`, and compares every attention map, the input of every block and the outputs. A failing case is
shrunk while it still fails and kept as a folder. Exit status 1 when a case differs; the last line is a summary."""
import argparse
import copy
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import warnings

import torchvision_on_cpu  # noqa: F401  before transformers
import torch
from safetensors.torch import load_file, save_file

warnings.filterwarnings("ignore")
import transformers  # noqa: E402

transformers.utils.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()
from families import FAMILIES  # noqa: E402

ATTENTION, OTHERS = 2e-5, 2e-4  # absolute; of the largest reference value


class Refused(Exception):
    """The library itself cannot compute what was drawn."""


class Choices:
    """Draws options, or replays what was drawn."""

    def __init__(self, seed, replay=None):
        self.seed = seed
        self.random, self.replay, self.drawn, self.values = random.Random(seed), replay or {}, {}, []

    def __call__(self, name, *options):
        while name in self.drawn:
            name += "'"
        index = min(self.replay.get(name, self.random.randrange(len(options))), len(options) - 1)
        self.drawn[name] = index
        self.values.append(f"{name}={options[index]}")
        return options[index]


def computed(name, parameter):
    """Marian's sinusoids, which its files leave out."""
    return not parameter.requires_grad and "embed_positions" in name


def give_weights(model, seed):
    """Large enough for maps that differ from uniform ones, small enough to stay in range through every layer."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if computed(name, parameter):
                continue
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() > 1:
                parameter.copy_(noise / max(1, parameter[0].numel()) ** 0.5)
            else:
                parameter.add_(noise * 0.1)


def save(model, folder, pick):
    kind = pick("type", torch.float32, torch.float16, torch.bfloat16)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if not computed(name, parameter):
                parameter.copy_(parameter.to(kind))
    layout = pick("layout", "safetensors", "pickle", "state_dict")
    copy.deepcopy(model).to(kind).save_pretrained(folder)
    if layout != "safetensors":
        # As transformers 4 wrote it; or as people save what transformers 5 holds, whose names differ from its files'.
        tensors = load_file(folder / "model.safetensors")
        if layout == "state_dict":
            tensors = {name: tensor.to(kind) if tensor.is_floating_point() and "embed_positions" not in name else tensor
                       for name, tensor in model.state_dict().items()}
        torch.save(tensors, folder / "pytorch_model.bin")
        (folder / "model.safetensors").unlink()


def named(prefix, maps, states):
    found = {f"{prefix}attentions.{i}": m for i, m in enumerate(maps or ())}
    found |= {f"{prefix}hidden_states.{i}": s for i, s in enumerate((states or ())[:-1])}  # the last may be normalised
    return found


def swin_blocks(model, inputs):
    """Every block of a Swin: transformers keeps one state a stage, and the maps in the order of the stages."""
    found, handles = {"attentions": [], "hidden_states": []}, []

    def keep_state(_, args, out):
        """The input of the first block, then the output of each, before any merging."""
        states = found["hidden_states"]
        states += ([] if states else [args[0]]) + [out[0] if isinstance(out, tuple) else out]

    for name, module in model.named_modules():
        if re.search(r"blocks\.\d+$", name):
            handles.append(module.register_forward_hook(keep_state))
        if re.search(r"blocks\.\d+\.attention(\.self)?$", name) and not hasattr(module, "self"):
            handles.append(module.register_forward_hook(lambda _, args, out: found["attentions"].append(out[1])))
    with torch.no_grad():
        logits = model(**inputs, output_attentions=True).logits
    for handle in handles:
        handle.remove()
    return {f"{kind}.{i}": value for kind, values in found.items() for i, value in enumerate(values)} | {"logits": logits}


def outputs_of(model, inputs):
    if "swin" in model.config.model_type:
        return swin_blocks(model, inputs)
    with torch.no_grad():
        out = model(**inputs, output_attentions=True, output_hidden_states=True)
    found = {}
    if "encoder_attentions" in out:
        found |= named("encoder.", out.encoder_attentions, out.encoder_hidden_states)
        found |= named("decoder.", out.decoder_attentions, out.decoder_hidden_states)
        found |= {f"decoder.cross_attentions.{i}": m for i, m in enumerate(out.cross_attentions)}
        found["encoder.last_hidden_state"] = out.encoder_last_hidden_state
    else:
        found |= named("", out.attentions, out.hidden_states)
    for name in ("logits", "last_hidden_state"):
        if name in out and out[name] is not None:
            found[name] = out[name]
    return found


def difference(name, want, got, mask):
    """The worst difference as a share of what is allowed, or a sentence."""
    if want.squeeze().shape != got.squeeze().shape:
        return f"{name}: shape {list(got.shape)}, expected {list(want.shape)}"
    want, got = want.reshape(got.shape).float(), got.float()
    gap = (want - got).abs()
    if mask is not None and mask.min() == 0 and not name.startswith("decoder.") and name != "logits":  # padded queries
        query = gap.dim() - 2
        if gap.shape[query] == mask.shape[1]:
            gap = gap * mask.reshape([mask.shape[0]] + [1] * (query - 1) + [mask.shape[1], 1])
    if mask is not None and name == "logits" and gap.dim() == 3 and gap.shape[1] == mask.shape[1]:
        gap = gap * mask.unsqueeze(-1)
    limit = ATTENTION if "attentions" in name else OTHERS * max(1.0, want.abs().max().item())
    worst = gap.max().item() / limit
    return worst if worst <= 1 else f"{name}: differs by {gap.max().item():.3g}, allowed {limit:.3g}"


def reference_case(family, pick, folder):
    """(inputs, what the library computes from them); the model and the inputs lie in `folder` afterwards."""
    transformers.set_seed(pick.seed)
    try:
        model, inputs = FAMILIES[family](pick)
        model.eval()
        model.set_attn_implementation("eager")
        give_weights(model, pick.seed)
        save(model, folder, pick)
        save_file({name: tensor.contiguous() for name, tensor in inputs.items()}, folder / "inputs.safetensors")
        return inputs, outputs_of(model, inputs)
    except (ValueError, RuntimeError, IndexError) as problem:
        raise Refused(str(problem)) from problem


def run_case(program, family, seed, folder, replay=None):
    """(Choices, worst share of the tolerance or a sentence). Throws Refused."""
    pick = Choices(seed, replay)
    inputs, want = reference_case(family, pick, folder)
    done = subprocess.run([program, "trace", "--model", folder, "--device", "cpu", "--inputs", folder / "inputs.safetensors",
                           "--out", folder / "out.safetensors"], capture_output=True, text=True)
    if done.returncode != 0:
        return pick, done.stderr.strip()
    got = load_file(folder / "out.safetensors")
    missing = [name for name in want if name not in got]
    if missing:
        return pick, "not in the trace: " + ", ".join(missing)
    worst = 0.0
    for name, tensor in want.items():
        found = difference(name, tensor, got[name], inputs.get("attention_mask"))
        if isinstance(found, str):
            return pick, found
        worst = max(worst, found)
    return pick, worst


def shrink(program, family, seed, drawn, folder):
    """Every choice towards its plainest option while the case still fails."""
    smallest = dict(drawn)
    for name in list(drawn):
        for index in range(smallest.get(name, 0)):
            tried = {**smallest, name: index}
            try:
                pick, found = run_case(program, family, seed, fresh(folder), tried)
            except Refused:
                continue
            if isinstance(found, str):
                smallest = {key: pick.drawn[key] for key in pick.drawn}
                break
    return run_case(program, family, seed, fresh(folder), smallest)


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
            pick, found = run_case(options.program, family, seed, fresh(options.room / family))
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
    parser.add_argument("--families", default=",".join(FAMILIES))
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
