# SPDX-License-Identifier: GPL-3.0-or-later
"""The public implementations beside HeadLens: attribution_peer.py MODEL SIDE answers every line, a name of WORK, with the
milliseconds it took (interleave.py). captum and pytorch-grad-cam as published; roll-out and Chefer's rule as their
authors' code does them, on the attentions and gradients of transformers' eager model."""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "reference"))
import torchvision_on_cpu  # noqa: F401, E402  before transformers
import torch  # noqa: E402
import transformers  # noqa: E402
from captum import attr  # noqa: E402
from pytorch_grad_cam import GradCAM  # noqa: E402
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget  # noqa: E402
from safetensors.torch import load_file  # noqa: E402

FOLDER, SIDE = sys.argv[1], int(sys.argv[2])
PIXELS = ((torch.arange(3 * SIDE * SIDE) * 37 % 255).float() / 255 - 0.5).view(1, 3, SIDE, SIDE)


class Logits(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixels):
        return self.model(pixel_values=pixels).logits


def opened():
    config = transformers.ViTConfig.from_pretrained(FOLDER, num_labels=1000)
    model = transformers.ViTForImageClassification(config)
    weights = {name: value.float() for name, value in load_file(FOLDER + "/model.safetensors").items()}
    model.load_state_dict(weights, strict=False)
    model.set_attn_implementation("eager")
    return model.eval()


MODEL = opened()
LOGITS = Logits(MODEL)
for parameter in MODEL.parameters():
    parameter.requires_grad_(False)
BLOCKS = MODEL.vit.layers if hasattr(MODEL.vit, "layers") else MODEL.vit.encoder.layer
GRID = SIDE // MODEL.config.patch_size
with torch.no_grad():
    TARGET = LOGITS(PIXELS).argmax().item()


def forward():
    with torch.no_grad():
        MODEL(pixel_values=PIXELS, output_attentions=True)


def rollout():
    with torch.no_grad():
        attentions = MODEL(pixel_values=PIXELS, output_attentions=True).attentions
        result = torch.eye(attentions[0].shape[-1])
        for attention in attentions:
            layer = attention.mean(1)[0] + torch.eye(attention.shape[-1])
            result = layer / layer.sum(-1, keepdim=True) @ result


def chefer():
    pixels = PIXELS.clone().requires_grad_()
    out = MODEL(pixel_values=pixels, output_attentions=True)
    for attention in out.attentions:
        attention.retain_grad()
    out.logits[0, TARGET].backward()
    relevance = torch.eye(out.attentions[0].shape[-1])
    for attention in out.attentions:
        weighted = (attention.grad * attention)[0].clamp(min=0).mean(0)
        relevance = relevance + weighted @ relevance


def patches(tokens):
    return tokens[:, 1:].reshape(tokens.shape[0], GRID, GRID, -1).permute(0, 3, 1, 2)


def grad_cam():
    with GradCAM(model=LOGITS, target_layers=[BLOCKS[-1].layernorm_before], reshape_transform=patches) as cam:
        cam(input_tensor=PIXELS.clone().requires_grad_(), targets=[ClassifierOutputTarget(TARGET)])


def gradient_x_input():
    attr.InputXGradient(LOGITS).attribute(PIXELS.clone().requires_grad_(), target=TARGET)


def integrated_gradients():
    attr.IntegratedGradients(LOGITS).attribute(PIXELS, target=TARGET, n_steps=20)


def occlusion():
    patch = MODEL.config.patch_size
    with torch.no_grad():
        attr.Occlusion(LOGITS).attribute(PIXELS, (3, patch, patch), (3, patch, patch), target=TARGET,
                                         perturbations_per_eval=32)


def ablation():
    size = MODEL.config.hidden_size // MODEL.config.num_attention_heads
    projection = next(module for name, module in BLOCKS[8].named_modules() if name.endswith(("output.dense", "o_proj"))
                      and "attention" in name)

    def off(module, given):
        changed = given[0].clone()
        changed[..., 3 * size:4 * size] = 0
        return (changed,) + given[1:]

    hook = projection.register_forward_pre_hook(off)
    with torch.no_grad():
        LOGITS(PIXELS)
    hook.remove()


WORK = {"forward": forward, "rollout": rollout, "chefer-generic": chefer, "grad-cam": grad_cam,
        "gradient-x-input": gradient_x_input, "integrated-gradients": integrated_gradients, "occlusion": occlusion,
        "ablate-head": ablation}

for line in sys.stdin:
    begin = time.perf_counter()
    WORK[line.strip()]()
    print(f"{1000 * (time.perf_counter() - begin):.3f}", flush=True)
