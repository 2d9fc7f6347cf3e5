// SPDX-License-Identifier: GPL-3.0-or-later
// SmoothGrad (Smilkov and others 2017): the mean of signed gradients at noisy copies of the input
// (methods-addendum.md).
#include "core/attribution/grids.h"
#include "core/attribution/input_gradient.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"
#include "core/attribution/settings.h"
#include "core/base/error.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>

namespace headlens::methods {
namespace {

// [n,C,H,W]: given with the input, or drawn, the same at every call.
at::Tensor noiseFor(const Run& run, const Settings& settings, const at::Tensor& input)
{
    const auto& given = run.tensors().extras;
    if (const auto noise = given.find("noise"); noise != given.end()) {
        const bool fits = noise->second.dim() == input.dim() && noise->second.size(0) > 0 &&
                          noise->second.sizes().slice(1) == input.sizes().slice(1);
        if (!fits)
            throw Error(ErrorCode::BadRequest, "noise",
                        "must have the shape [n, channels, height, width] of the input");
        return noise->second.to(input.options());
    }
    constexpr std::uint64_t kSeed = 0;
    std::vector<std::int64_t> sizes = input.sizes().vec();
    sizes[0] = settings.whole("samples");
    const at::Tensor drawn = at::randn(sizes, at::make_generator<at::CPUGeneratorImpl>(kSeed), at::kFloat);
    const double range = (input.max() - input.min()).item<double>(); // as the paper counts sigma
    return drawn.to(input.options()) * (settings.number("sigma") * range);
}

MethodResult smoothGradOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(smoothGrad, asked);
    const ScoredModel model(run, asked.score, control);
    const at::Tensor input = explainedNumbers(model), noise = noiseFor(run, settings, input);
    const std::int64_t samples = noise.size(0), batch = batchFor(model, samples);
    at::Tensor sum = at::zeros_like(input);
    for (std::int64_t begin = 0; begin < samples; begin += batch) {
        model.checkpoint(int(begin), int(samples));
        const at::Tensor lines = input + noise.slice(0, begin, std::min(begin + batch, samples));
        sum += gradientAt(model, lines).gradient.sum(0, /*keepdim=*/true);
    }
    const at::Tensor gradient = (sum / double(samples))[0];
    MethodResult result;
    result.explained = model.said();
    if (settings.value("multiply") == "input") {
        addAttribution(result, model, gradient * input[0]);
        return result;
    }
    addAttribution(result, model, gradient.abs());
    result.parts.erase("attribution");
    result.parts["gradient"] = gradient;
    return result;
}

} // namespace

const Method smoothGrad{
    {.id = "smoothgrad",
     .title = HEADLENS_TEXT("Methods", "SmoothGrad"),
     .says = HEADLENS_TEXT("Methods", "The gradient of the score at the input, averaged over noisy copies of it "
                                      "(Smilkov and others 2017): how strongly every pixel would move the score"),
     .caption = HEADLENS_TEXT("Methods", "SmoothGrad for “%1”: the size of the mean gradient over noisy copies"),
     .formula = "1/n Σ_i ∂y/∂x (x + noise_i)",
     .source = HEADLENS_TEXT("Methods", "Smilkov and others 2017, arXiv 1706.03825"),
     .unit = "score",
     .over = "run",
     .isSigned = true,
     .ofScore = true,
     .needsGradients = true,
     .settings = {{"samples", HEADLENS_TEXT("Methods", "Noisy copies"), {}, 1, 1000, "16"},
                  {"sigma", HEADLENS_TEXT("Methods", "Noise, as a share of the range of the input"), {}, 0, 10, "0.15"},
                  {"multiply",
                   HEADLENS_TEXT("Methods", "Times"),
                   {HEADLENS_TEXT("Methods", "none"), HEADLENS_TEXT("Methods", "input")},
                   0,
                   0,
                   "none"}}},
    needsGradient,
    smoothGradOf,
    [](const Run&, const verbs::MapQuestion& asked) {
        return MethodCost{kGradientPasses * Settings(smoothGrad, asked).number("samples"), 0};
    }};

} // namespace headlens::methods
