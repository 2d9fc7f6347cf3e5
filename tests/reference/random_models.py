# SPDX-License-Identifier: GPL-3.0-or-later
"""Random models: a library draws and saves them, and runs them in eager float32; `headlens-cli trace` must give every
attention map, the input of every block and the outputs."""
import functools

import torch
import transformers
from safetensors.torch import load_file, save_file

from drawing import Refused
from engine import engine
from families import FAMILIES
from families.saving import give_weights, round_weights

ATTENTION, OTHERS = 2e-5, 2e-4  # absolute; of the largest reference value


def without_padding(name, gap, mask):
    """The differences that matter: what a padded token asks for is nobody's."""
    if mask is None or mask.min() == 1 or name.startswith(("decoder.", "vision.")):
        return gap
    tokens = 1 if name in ("logits", "start_logits", "end_logits") else gap.dim() - 2
    each = gap.dim() > 2 or name in ("start_logits", "end_logits")  # one answer a token, not one a text
    if not each or gap.shape[0] != mask.shape[0] or gap.shape[tokens] < mask.shape[1]:
        return gap
    rest = torch.ones(mask.shape[0], gap.shape[tokens] - mask.shape[1])  # patches behind the words
    shape = [mask.shape[0]] + [1] * (tokens - 1) + [gap.shape[tokens]] + [1] * (gap.dim() - tokens - 1)
    return gap * torch.cat([mask, rest], 1).reshape(shape)


def difference(name, want, got, mask):
    """The worst difference as a share of what is allowed, or a sentence."""
    if want.squeeze().shape != got.squeeze().shape:
        return f"{name}: shape {list(got.shape)}, expected {list(want.shape)}"
    want, got = want.reshape(got.shape).float(), got.float()
    gap = without_padding(name, (want - got).abs(), mask)
    limit = ATTENTION if "attentions" in name else OTHERS * max(1.0, want.abs().max().item())
    worst = gap.max().item() / limit
    return worst if worst <= 1 else f"{name}: differs by {gap.max().item():.3g}, allowed {limit:.3g}"


def reference_case(family, pick, folder):
    """(the case, what the library computes from it); the model and the inputs lie in `folder` afterwards."""
    transformers.set_seed(pick.seed)
    try:
        case = FAMILIES[family](pick)
        case.model.eval()
        if isinstance(case.model, transformers.PreTrainedModel):
            case.model.set_attn_implementation("eager")
        give_weights(case.model, pick.seed)
        kind = pick("type", torch.float32, torch.float16, torch.bfloat16)
        round_weights(case.model, kind)
        case.save(case.model, folder, kind, pick)
        save_file({name: tensor.contiguous() for name, tensor in case.inputs.items()}, folder / "inputs.safetensors")
        return case, case.compute(case.model, case.inputs)
    except (ValueError, RuntimeError, IndexError, AssertionError) as problem:
        raise Refused(f"{type(problem).__name__}: {problem}") from problem


def model_in(folder):
    """A folder with config.json, or the one file that holds the weights."""
    files = [file for file in folder.iterdir() if file.name.startswith("model.")]
    return folder if (folder / "config.json").exists() else files[0]


def run_case(family, program, pick, folder):
    """The worst difference as a share of what is allowed, or a sentence. Throws Refused."""
    case, want = reference_case(family, pick, folder)
    settings = [word for setting in case.settings for word in ("--set", setting)]
    done, said = engine(program).run("trace", "--model", model_in(folder), "--device", "cpu", *settings, "--inputs",
                                     folder / "inputs.safetensors", "--out", folder / "out.safetensors")
    if not done:
        return said
    got = load_file(folder / "out.safetensors")
    missing = [name for name in want if name not in got]
    if missing:
        return "not in the trace: " + ", ".join(missing)
    worst = 0.0
    for name, tensor in want.items():
        found = difference(name, tensor, got[name], case.inputs.get("attention_mask"))
        if isinstance(found, str):
            return found
        worst = max(worst, found)
    return worst


CASES = {family: functools.partial(run_case, family) for family in FAMILIES}
