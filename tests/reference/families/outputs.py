# SPDX-License-Identifier: GPL-3.0-or-later
"""What a library computes, under the names of HeadLens's trace."""
import re

import torch

PLAIN = ("logits", "last_hidden_state", "pooler_output", "start_logits", "end_logits", "cls_logits",
         "distillation_logits", "seq_relationship_logits")


def named(prefix, maps, states):
    found = {f"{prefix}attentions.{i}": m for i, m in enumerate(maps or ())}
    return found | {f"{prefix}hidden_states.{i}": s for i, s in enumerate((states or ())[:-1])}  # the last: normed?


def outputs_of(model, inputs, **more):
    """What transformers answers by itself."""
    with torch.no_grad():
        out = model(**inputs, output_attentions=True, output_hidden_states=True, **more)
    found = {}
    if "encoder_attentions" in out:
        found |= named("encoder.", out.encoder_attentions, out.encoder_hidden_states)
        found |= named("decoder.", out.decoder_attentions, out.decoder_hidden_states)
        found |= {f"decoder.cross_attentions.{i}": m for i, m in enumerate(out.cross_attentions)}
        found["encoder.last_hidden_state"] = out.encoder_last_hidden_state
    else:
        found |= named("", out.attentions, out.hidden_states)
    last = "decoder.last_hidden_state" if "encoder_attentions" in out else "last_hidden_state"
    names = {name: name for name in PLAIN} | {"last_hidden_state": last, "prediction_logits": "logits"}
    return found | {ours: out[theirs] for theirs, ours in names.items() if out.get(theirs) is not None}


def watched(model, call, rules):
    """(what `call` answers, {kind.i: tensor}): of the modules whose name fits the pattern of a rule
    kind -> (pattern, take), take(arguments, output) in the order in which they ran."""
    found, handles = {kind: [] for kind in rules}, []

    def keep(kind, take):
        return lambda _, arguments, names, out: found[kind].append(take([*arguments, *names.values()], out))

    for kind, (pattern, take) in rules.items():
        for name, module in model.named_modules():
            if re.search(pattern, name):
                handles.append(module.register_forward_hook(keep(kind, take), with_kwargs=True))
    with torch.no_grad():
        out = call()
    for handle in handles:
        handle.remove()
    return out, {f"{kind}.{i}": value for kind, values in found.items() for i, value in enumerate(values)}


def first_argument(arguments, _):
    return arguments[0]


def output(_, out):
    return out


def second_output(_, out):
    return out[1]


def block_states(found, spatial=False):
    """The input of the first block, then the output of each: before any merging, as the trace has them.
    `spatial`: maps of tokens [B,H,W,D]."""
    ends = [found.pop(f"ends.{i}") for i in range(sum(name.startswith("ends.") for name in found))]
    states = [found.pop("starts.0"), *ends]
    return found | {f"hidden_states.{i}": state.flatten(1, 2) if spatial else state for i, state in enumerate(states)}


def swin_outputs(model, inputs):
    """Every block of a Swin: transformers keeps one state a stage, and the maps in the order of the stages."""
    rules = {"attentions": (r"blocks\.\d+\.attention(\.self)?$", second_output),
             "starts": (r"layers\.0\.blocks\.0$", first_argument),
             "ends": (r"blocks\.\d+$", lambda _, out: out[0] if isinstance(out, tuple) else out)}
    if "swinv2" in model.config.model_type:
        rules["attentions"] = (r"blocks\.\d+\.attention\.self$", second_output)
    out, found = watched(model, lambda: model(**inputs, output_attentions=True), rules)
    return block_states(found) | {name: out[name] for name in PLAIN if out.get(name) is not None}
