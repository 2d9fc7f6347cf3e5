// SPDX-License-Identifier: GPL-3.0-or-later
// Integrated gradients (Sundararajan, Taly and Yan 2017) along the straight path from a baseline
// (methods-addendum.md). They should add up to the score less that of the baseline; how far they miss it is said.
#include "core/attribution/input_gradient.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"
#include "core/attribution/quadrature.h"
#include "core/attribution/settings.h"
#include "core/base/error.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

namespace headlens::methods {
namespace {

// Like `input` [1,...]: one colour everywhere, or for words nothing or the row of id 0.
at::Tensor baselineOf(const ScoredModel& model, const std::string& name, const at::Tensor& input)
{
    const bool isPicture = model.input().pixels.defined();
    if (name == "pad" && !isPicture) {
        ModelInput padded = model.input();
        padded.ids = at::zeros_like(padded.ids);
        return explainedNumbers(model.withInput(padded));
    }
    if (name != "zero" && isPicture == (name == "pad"))
        throw Error(ErrorCode::BadRequest, "baseline \"" + name + "\"", "is none of this kind of input",
                    isPicture ? "choose zero, black or white" : "choose zero or pad");
    return isPicture ? at::zeros_like(input) + fillColour(model.run(), name, input) : at::zeros_like(input);
}

// The mean gradient along the path, weighted by `rule` [1,...].
at::Tensor meanGradient(const ScoredModel& model, const at::Tensor& from, const at::Tensor& step,
                        const Quadrature& rule)
{
    const auto steps = std::int64_t(rule.nodes.size());
    const auto column = [&](const std::vector<double>& numbers) {
        std::vector<std::int64_t> shape(std::size_t(step.dim()), 1);
        shape[0] = steps;
        return at::tensor(numbers, at::kDouble).to(step.options()).view(shape);
    };
    const at::Tensor nodes = column(rule.nodes), weights = column(rule.weights);
    const std::int64_t batch = batchFor(model, steps);
    at::Tensor sum = at::zeros_like(step);
    for (std::int64_t begin = 0; begin < steps; begin += batch) {
        model.checkpoint(int(begin), int(steps));
        const std::int64_t end = std::min(begin + batch, steps);
        const at::Tensor gradient = gradientAt(model, from + nodes.slice(0, begin, end) * step).gradient;
        sum += (gradient * weights.slice(0, begin, end)).sum(0, /*keepdim=*/true);
    }
    return sum;
}

MethodResult integratedGradientsOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    constexpr double kMissed = 0.05; // of what it should be
    const Settings settings(integratedGradients, asked);
    const ScoredModel model(run, asked.score, control);
    const at::Tensor input = explainedNumbers(model), from = baselineOf(model, settings.value("baseline"), input);
    const Quadrature rule = quadratureOf(settings.value("quadrature"), int(settings.whole("steps")));
    const at::Tensor attribution = (meanGradient(model, from, input - from, rule) * (input - from))[0];
    const double here = scoresAt(model, input).item<double>(), there = scoresAt(model, from).item<double>(),
                 sum = attribution.sum().item<double>(), gap = sum - (here - there);
    MethodResult result;
    result.explained = model.said();
    addAttribution(result, model, attribution);
    result.parts["completeness"] = at::tensor(std::vector<double>{sum, here, there, gap}, at::kDouble);
    if (std::abs(gap) > kMissed * std::abs(here - there))
        result.explained.remark =
            fmt::format("The sum is {:.3f} and should be {:.3f}: more steps come closer.", sum, here - there);
    return result;
}

} // namespace

const Method integratedGradients{
    {.id = "integrated-gradients",
     .title = HEADLENS_TEXT("Methods", "integrated gradients"),
     .says = HEADLENS_TEXT("Methods", "The gradient averaged along the way from an empty input, times the input "
                                      "(Sundararajan and others 2017): adds up to what the input adds to the score"),
     .caption = HEADLENS_TEXT("Methods", "Integrated gradients for “%1”, summed over every patch"),
     .formula = "(x − b) ⊙ ∫₀¹ ∂y/∂x (b + t (x − b)) dt",
     .source = HEADLENS_TEXT("Methods", "Sundararajan, Taly and Yan 2017, arXiv 1703.01365"),
     .unit = "score",
     .over = "run",
     .isSigned = true,
     .ofScore = true,
     .needsGradients = true,
     .settings = {{"steps", HEADLENS_TEXT("Methods", "Steps"), {}, 1, 1000, "50"},
                  {"quadrature",
                   HEADLENS_TEXT("Methods", "Steps at"),
                   {"gauss-legendre", HEADLENS_TEXT("Methods", "left"), HEADLENS_TEXT("Methods", "right"),
                    HEADLENS_TEXT("Methods", "middle"), HEADLENS_TEXT("Methods", "trapezoid")},
                   0,
                   0,
                   "gauss-legendre"},
                  {"baseline",
                   HEADLENS_TEXT("Methods", "Baseline"),
                   {HEADLENS_TEXT("Methods", "zero"), HEADLENS_TEXT("Methods", "black"),
                    HEADLENS_TEXT("Methods", "white"), HEADLENS_TEXT("Methods", "pad")},
                   0,
                   0,
                   "zero"}}},
    needsGradient,
    integratedGradientsOf,
    [](const Run&, const verbs::MapQuestion& asked) {
        return MethodCost{kGradientPasses * Settings(integratedGradients, asked).number("steps") + 2, 0};
    }};

} // namespace headlens::methods
