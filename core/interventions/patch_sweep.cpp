// SPDX-License-Identifier: GPL-3.0-or-later
// Activation patching as a map (Meng and others 2022; Heimersheim and Nanda 2024): at every layer and every token in
// turn the activation of another input is put in, and the score is read. 0: nothing changes; 1: as if all of the other
// input had been put in. All tokens of a layer run side by side, and blocks before it are not run again.
#include "core/attribution/input_gradient.h"
#include "core/attribution/needs.h"
#include "core/attribution/settings.h"
#include "core/base/error.h"
#include "core/interventions/interventions.h"
#include "core/interventions/other_input.h"
#include "core/interventions/sweep.h"
#include "core/session/run_changes.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>

namespace headlens::interventions {
namespace {

constexpr std::int64_t kMostCells = 40'000; // each takes half a pass

HookPoint pointNamed(const std::string& name)
{
    if (name == "attention") return HookPoint::AttentionOutput;
    return name == "MLP" ? HookPoint::MlpOutput : HookPoint::ResidualBefore;
}

struct OtherPass {
    std::vector<at::Tensor> activations; // by block [1,N,D]
    double score = 0;
};

OtherPass otherPass(const ScoredModel& model, HookPoint where, std::size_t blocks)
{
    OtherPass other;
    other.activations.resize(blocks);
    Hooks hooks;
    hooks.looks = [where](HookPoint point, int) { return point == where; };
    hooks.activation = [&](HookPoint, int block, const at::Tensor& x) {
        other.activations.at(std::size_t(block)) = x.clone();
        return x;
    };
    PassOptions options;
    options.keep = keptForScore(model);
    options.hooks = &hooks;
    other.score = model.score(model.pass(otherInput(model.run()), options))[0].item<double>();
    return other;
}

// The scores [n] with the tokens `first`, `first` + 1 ... of `layer` from the other input, one in each line.
at::Tensor patchedScores(const ScoredModel& model, HookPoint where, int layer, const at::Tensor& other,
                         std::int64_t first, std::int64_t count)
{
    Hooks hooks;
    hooks.looks = [=](HookPoint point, int block) { return point == where && block == layer; };
    hooks.activation = [&](HookPoint, int, const at::Tensor& x) {
        at::Tensor lines = x.repeat({count, 1, 1});
        for (std::int64_t i = 0; i < count; ++i) lines[i][first + i].copy_(other[0][first + i]);
        return lines;
    };
    PassOptions options;
    options.keep = keptForScore(model);
    options.hooks = &hooks;
    options.resume = resumeAt(model.run(), layer);
    return model.score(model.pass(options)).to(at::kCPU, at::kDouble);
}

void requireSameTokens(const OtherPass& other, std::int64_t tokens)
{
    const bool alike = std::ranges::all_of(other.activations, [&](const at::Tensor& state) {
        return state.defined() && state.dim() == 3 && state.size(1) == tokens;
    });
    if (!alike)
        throw Error(ErrorCode::BadRequest, "the other input", "has another number of tokens than this one",
                    "take pictures of one size, or texts of as many tokens");
}

MethodResult patchSweepOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const HookPoint where = pointNamed(Settings(patchSweep, asked).value("at"));
    const Trace& trace = run.tensors().result.trace;
    const auto blocks = std::int64_t(trace.blocks.size()), tokens = trace.streams.front().tokens();
    if (blocks * tokens > kMostCells)
        throw Error(ErrorCode::BadRequest, "this sweep",
                    "would take " + std::to_string(blocks * tokens / 2) + " passes",
                    "use a smaller picture or a shorter text");
    const ScoredModel model(run, asked.score, control);
    const c10::NoGradGuard noGradients;
    const OtherPass other = otherPass(model, where, std::size_t(blocks));
    requireSameTokens(other, tokens);
    const std::int64_t batch = batchFor(model, tokens);
    at::Tensor effects = at::empty({blocks, tokens}, at::kDouble);
    for (std::int64_t layer = 0; layer < blocks; ++layer)
        for (std::int64_t first = 0; first < tokens; first += batch) {
            model.checkpoint(int(layer * tokens + first), int(blocks * tokens));
            const std::int64_t count = std::min(batch, tokens - first);
            effects[layer]
                .narrow(0, first, count)
                .copy_(patchedScores(model, where, int(layer), other.activations[std::size_t(layer)], first, count) -
                       model.said().score);
        }
    MethodResult result;
    result.explained = model.said();
    result.parts = {{"effects", effects}, {"score.other", at::tensor({other.score}, at::kDouble)}};
    constexpr double kSame = 1e-4; // of float32 scores
    if (const double apart = other.score - model.said().score; std::abs(apart) > kSame)
        result.parts["normalised"] = effects / apart;
    else
        result.explained.remark = HEADLENS_TEXT(
            "Methods",
            "The held input has the same score as the shown one, both run with the changes of the shown run, so "
            "that nothing is left to be shared out among layers.");
    return result;
}

std::string needsOneResidual(const ModelFacts& model)
{
    const std::string why = needsMapsOfOneSize(model);
    return why.empty() ? needsScore(model) : why;
}

} // namespace

const Method patchSweep{
    {.id = "patch-sweep",
     .title = HEADLENS_TEXT("Methods", "activation patching, token by token"),
     .says = HEADLENS_TEXT("Methods", "Where the difference between two inputs is made: one token of one layer at a "
                                      "time is taken from the held run (activation patching)"),
     .formula = "(y(token i of layer l from the other) − y) / (y(other) − y)",
     .source = "Meng and others 2022, arXiv 2202.05262; Heimersheim and Nanda 2024, arXiv 2404.15255",
     .unit = "share",
     .over = "run",
     .isSigned = true,
     .ofScore = true,
     .settings = {{"at",
                   HEADLENS_TEXT("Methods", "Taken over"),
                   {HEADLENS_TEXT("Methods", "residual"), HEADLENS_TEXT("Methods", "attention"),
                    HEADLENS_TEXT("Methods", "MLP")},
                   0,
                   0,
                   "residual"}}},
    needsOneResidual,
    patchSweepOf,
    [](const Run& run, const verbs::MapQuestion&) {
        const Trace& trace = run.tensors().result.trace;
        return MethodCost{1 + double(trace.blocks.size()) * double(trace.streams.front().tokens()) / 2, 0};
    },
    {{.title = HEADLENS_TEXT("Methods", "share of the difference"),
      .parts = {"normalised"},
      .rows = "layer",
      .columns = "token"},
     {.title = HEADLENS_TEXT("Methods", "change of the score"),
      .parts = {"effects"},
      .rows = "layer",
      .columns = "token",
      .unit = "score"}},
    true};

} // namespace headlens::interventions
