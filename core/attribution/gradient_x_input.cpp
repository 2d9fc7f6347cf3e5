// SPDX-License-Identifier: GPL-3.0-or-later
// Gradient x input: of pixels, or of the rows of the word table (methods-addendum.md).
#include "core/attribution/input_gradient.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"

#include <ATen/ATen.h>

namespace headlens::methods {
namespace {

MethodResult gradientTimesInput(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const ScoredModel model(run, asked.score, control);
    const at::Tensor input = explainedNumbers(model);
    const at::Tensor gradient = gradientAt(model, input).gradient;
    MethodResult result;
    result.explained = model.said();
    addAttribution(result, model, (gradient * input)[0]);
    return result;
}

} // namespace

const Method gradientXInput{
    {.id = "gradient-x-input",
     .title = HEADLENS_TEXT("Methods", "gradient x input"),
     .says =
         HEADLENS_TEXT("Methods", "Every number of the input times the gradient of the score there: what a straight "
                                  "line through the origin would owe to it"),
     .caption = HEADLENS_TEXT("Methods", "Gradient times input for “%1”, summed over every patch"),
     .formula = "x ⊙ ∂y/∂x",
     .source = HEADLENS_TEXT("Methods", "Shrikumar and others 2016, arXiv 1605.01713"),
     .unit = "score",
     .over = "run",
     .isSigned = true,
     .ofScore = true,
     .needsGradients = true},
    needsGradient,
    gradientTimesInput,
    [](const Run&, const verbs::MapQuestion&) {
        return MethodCost{kGradientPasses, 0};
    }};

} // namespace headlens::methods
