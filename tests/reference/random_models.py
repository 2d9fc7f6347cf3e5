# SPDX-License-Identifier: GPL-3.0-or-later
"""Random models: transformers draws and saves them, and runs them in eager float32; `headlens-cli trace` must give every
attention map, the input of every block and the outputs."""
import copy
import functools
import re
import subprocess

import torch
import transformers
from safetensors.torch import load_file, save_file

from drawing import Refused
from families import FAMILIES

ATTENTION, OTHERS = 2e-5, 2e-4  # absolute; of the largest reference value


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


def run_case(family, program, pick, folder):
    """The worst difference as a share of what is allowed, or a sentence. Throws Refused."""
    inputs, want = reference_case(family, pick, folder)
    done = subprocess.run([program, "trace", "--model", folder, "--device", "cpu", "--inputs", folder / "inputs.safetensors",
                           "--out", folder / "out.safetensors"], capture_output=True, text=True)
    if done.returncode != 0:
        return done.stderr.strip()
    got = load_file(folder / "out.safetensors")
    missing = [name for name in want if name not in got]
    if missing:
        return "not in the trace: " + ", ".join(missing)
    worst = 0.0
    for name, tensor in want.items():
        found = difference(name, tensor, got[name], inputs.get("attention_mask"))
        if isinstance(found, str):
            return found
        worst = max(worst, found)
    return worst


CASES = {family: functools.partial(run_case, family) for family in FAMILIES}
