// SPDX-License-Identifier: GPL-3.0-or-later
// Activation patching (Meng and others 2022; Heimersheim and Nanda 2024): what enters a block at some tokens is taken
// from another input, which comes as tensors "other.pixel_values", "other.input_ids" ... beside this one.
#include "core/attribution/settings.h"
#include "core/base/error.h"
#include "core/interventions/effect.h"
#include "core/interventions/interventions.h"
#include "core/interventions/other_input.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <charconv>
#include <sstream>

namespace headlens::interventions {
namespace {

// "all", "patches" or "3,4,7".
at::Tensor tokensFrom(const std::string& text, const TokenStream& stream)
{
    const std::int64_t count = stream.tokens(), patches = stream.gridHeight * stream.gridWidth;
    if (text == "all") return at::arange(count, at::kLong);
    if (text == "patches") return at::arange(count - patches, count, at::kLong);
    std::vector<std::int64_t> tokens;
    std::istringstream parts(text);
    for (std::string part; std::getline(parts, part, ',');) {
        std::int64_t token = -1;
        const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), token);
        if (problem != std::errc() || end != part.data() + part.size() || token < 0 || token >= count)
            throw Error(ErrorCode::BadRequest, "tokens", "\"" + part + "\" is no token of this input",
                        "write all, patches, or numbers from 0 to " + std::to_string(count - 1));
        tokens.push_back(token);
    }
    return at::tensor(tokens, at::kLong);
}

MethodResult patchHiddenOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(patchHidden, asked);
    const Trace& trace = run.tensors().result.trace;
    const auto layer = int(settings.place("layer", std::int64_t(trace.blocks.size())));
    const at::Tensor tokens = tokensFrom(settings.value("tokens"), trace.streams.front());
    const ScoredModel model(run, asked.score, control);
    PassOptions options;
    at::Tensor entering;
    Hooks hooks;
    hooks.activation = [&](HookPoint point, int block, const at::Tensor& x) {
        if (point == HookPoint::ResidualBefore && block == layer) entering = x;
        return x;
    };
    options.hooks = &hooks;
    const ForwardResult other = model.pass(otherInput(run), options);
    Changes changes;
    changes.patchResidual(layer, tokens, entering);
    MethodResult result = effectOf(model, changes);
    if (const auto logits = other.outputs.find("logits"); logits != other.outputs.end())
        result.parts["logits.other"] = logits->second;
    return result;
}

} // namespace

const Method patchHidden{
    {.id = "patch-hidden",
     .title = HEADLENS_TEXT("Methods", "activations of another input"),
     .says = HEADLENS_TEXT("Methods", "What becomes of a score when some tokens enter a block as they do for another "
                                      "input (activation patching)"),
     .unit = "score",
     .over = "run",
     .ofScore = true,
     .settings = {kLayerSetting,
                  {"tokens", HEADLENS_TEXT("Methods", "Tokens"), {}, 0, 0, "all", false, /*isText=*/true}}},
    nullptr,
    patchHiddenOf};

} // namespace headlens::interventions
