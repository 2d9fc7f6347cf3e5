# SPDX-License-Identifier: GPL-3.0-or-later
"""Random models under captum and pytorch-grad-cam: the same gradients, path integrals, occlusions and class activation
maps from `headlens-cli attribute`. Where the public code is known to be off (methods-addendum.md) the case takes what is
right in it: captum's trapezoid is left out, Eigen-CAM is compared up to its sign."""
import torch
import transformers
from captum import attr
from pytorch_grad_cam import EigenCAM, GradCAM, GradCAMPlusPlus, HiResCAM, LayerCAM, XGradCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from safetensors.torch import load_file, save_file

from drawing import Refused
from engine import engine
from families.saving import give_weights

LIMIT = 1e-4  # of the largest value: both sides compute in float32, by different sums
CAMS = {"grad-cam": GradCAM, "hires-cam": HiResCAM, "layer-cam": LayerCAM, "xgrad-cam": XGradCAM,
        "grad-cam++": GradCAMPlusPlus, "eigen-cam": EigenCAM}


class Logits(torch.nn.Module):
    """What captum and pytorch-grad-cam call: pictures in, logits out."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixels):
        return self.model(pixel_values=pixels).logits


def drawn_model(pick):
    patch = pick("patch", 8, 4)
    height, width = pick("grid", (4, 4), (3, 5))
    config = transformers.ViTConfig(
        hidden_size=pick("width", 16, 32), num_hidden_layers=pick("layers", 2, 3), num_attention_heads=pick("heads", 2, 4),
        intermediate_size=40, image_size=(height * patch, width * patch), patch_size=patch, num_labels=5,
        qkv_bias=pick("bias", True, False))
    transformers.set_seed(pick.seed)
    model = transformers.ViTForImageClassification(config).eval()
    give_weights(model, pick.seed)
    return model, torch.randn(1, 3, height * patch, width * patch), patch


def worst(want, got):
    if want.shape != got.shape:
        return f"shape {list(got.shape)}, expected {list(want.shape)}"
    return ((want - got).abs().max() / (LIMIT * max(want.abs().max().item(), 1e-12))).item()


def answer(program, folder, method, target, **settings):
    words = [word for name, value in settings.items() for word in ("--param", f"{name}={value}")]
    done, said = engine(program).run("attribute", "--model", folder, "--device", "cpu", "--inputs", folder / "inputs.safetensors",
                                     "--method", method, "--target", target, *words, "--out", folder / "out.safetensors")
    return (load_file(folder / "out.safetensors"), "") if done else (None, said)


def captum_case(program, pick, folder):
    """Gradient x input, integrated gradients by four rules, occlusion."""
    model, pixels, patch = drawn_model(pick)
    model.save_pretrained(folder)
    save_file({"pixel_values": pixels}, folder / "inputs.safetensors")
    logits, target = Logits(model), pick("class", 0, 3)
    method = pick("method", "gradient-x-input", "integrated-gradients", "occlusion")
    if method == "gradient-x-input":
        settings, name = {}, "attribution"
        want = attr.InputXGradient(logits).attribute(pixels.clone().requires_grad_(), target=target)[0]
    elif method == "integrated-gradients":
        rule = pick("rule", "gauss-legendre", "left", "middle", "right")
        steps = pick("steps", 8, 20)
        public = {"gauss-legendre": "gausslegendre"}.get(rule, f"riemann_{rule}")
        settings, name = {"steps": steps, "quadrature": rule}, "attribution"
        want = attr.IntegratedGradients(logits).attribute(pixels, target=target, n_steps=steps, method=public)[0]
    else:
        window, stride = pick("window", patch, patch + 3), pick("stride", patch, patch - 1)
        settings, name = {"window": window, "stride": stride}, "pixels"
        want = attr.Occlusion(logits).attribute(pixels, (3, window, window), (3, stride, stride), target=target)[0, 0]
    got, said = answer(program, folder, method, target, **settings)
    return said if got is None else worst(want.detach(), got[name])


def grad_cam_case(program, pick, folder):
    """The family of class activation maps, enlarged to the picture."""
    model, pixels, patch = drawn_model(pick)
    model.save_pretrained(folder)
    save_file({"pixel_values": pixels}, folder / "inputs.safetensors")
    method, target = pick("method", *CAMS), pick("class", 0, 3)
    layer = pick("layer", -1, 0)
    grid = pixels.shape[2] // patch, pixels.shape[3] // patch
    block = model.vit.layers[layer] if hasattr(model.vit, "layers") else model.vit.encoder.layer[layer]

    def patches(tokens):
        return tokens[:, 1:].reshape(tokens.shape[0], *grid, -1).permute(0, 3, 1, 2)

    with CAMS[method](model=Logits(model), target_layers=[block.layernorm_before], reshape_transform=patches) as cam:
        want = torch.from_numpy(cam(input_tensor=pixels, targets=[ClassifierOutputTarget(target)])[0])
    got, said = answer(program, folder, method, target, layer=layer)
    if got is None:
        return said
    if want.max() == 0:
        raise Refused("nothing is positive in this map")
    found = worst(want, got["pixels"])
    if method == "eigen-cam" and isinstance(found, float) and found > 1:  # the public sign is that of LAPACK
        raise Refused("the public map is turned")
    return found


CASES = {"captum": captum_case, "grad-cam": grad_cam_case}
