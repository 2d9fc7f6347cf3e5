// SPDX-License-Identifier: GPL-3.0-or-later
// Every block left out in turn, and its attention and its MLP alone: what the score owes to each.
#include "core/interventions/effect.h"
#include "core/interventions/interventions.h"
#include "core/interventions/sweep.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

namespace headlens::interventions {
namespace {

double lostWithout(const ScoredModel& model, int block, bool attention, bool mlp)
{
    Changes changes;
    if (attention) changes.scaleAttention(block, 0);
    if (mlp) changes.scaleMlp(block, 0);
    return model.said().score - changedScore(model, changes);
}

MethodResult sweepLayersOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const ScoredModel model(run, asked.score, control);
    const auto blocks = int(run.tensors().result.trace.blocks.size());
    const c10::NoGradGuard noGradients;
    at::Tensor attention = at::empty({blocks}, at::kDouble), mlp = at::empty_like(attention),
               both = at::empty_like(mlp);
    for (int block = 0; block < blocks; ++block) {
        model.checkpoint(block, blocks);
        attention[block].fill_(lostWithout(model, block, true, false));
        mlp[block].fill_(lostWithout(model, block, false, true));
        both[block].fill_(lostWithout(model, block, true, true));
    }
    MethodResult result;
    result.explained = model.said();
    result.parts = {{"effects.attention", attention}, {"effects.mlp", mlp}, {"effects.block", both}};
    return result;
}

} // namespace

const Method sweepLayers{
    {.id = "sweep-layers",
     .title = HEADLENS_TEXT("Methods", "every layer off in turn"),
     .says = HEADLENS_TEXT("Methods", "What the score loses without the attention, the MLP or both of every block"),
     .formula = "y − y(what the block adds to the residual is 0)",
     .source = HEADLENS_TEXT("Methods", "Ours; ablation of layers"),
     .unit = "score",
     .over = "run",
     .isSigned = true,
     .ofScore = true},
    nullptr,
    sweepLayersOf,
    [](const Run& run, const verbs::MapQuestion&) {
        constexpr double kEach = 1.5; // three passes, of half of the blocks in the mean
        return MethodCost{kEach * double(run.tensors().result.trace.blocks.size()), 0};
    },
    {{.title = HEADLENS_TEXT("Methods", "what the score loses"),
      .parts = {"effects.attention", "effects.mlp", "effects.block"},
      .rows = "layer",
      .named = {HEADLENS_TEXT("Methods", "attention"), HEADLENS_TEXT("Methods", "MLP"),
                HEADLENS_TEXT("Methods", "both")}}}};

} // namespace headlens::interventions
