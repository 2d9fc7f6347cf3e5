// SPDX-License-Identifier: GPL-3.0-or-later
// Every head left out in turn: what the score owes to each (Michel, Levy and Neubig 2019). All heads of a block share
// what comes before it and run side by side behind it.
#include "core/attribution/settings.h"
#include "core/interventions/effect.h"
#include "core/interventions/interventions.h"
#include "core/interventions/sweep.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>

namespace headlens::interventions {
namespace {

// [H,N,H*d] of heads [1,N,H*d]: in line h head h is 0 or its mean over the tokens.
at::Tensor eachLeftOut(const at::Tensor& mixed, std::int64_t heads, bool mean)
{
    at::Tensor lines = mixed.repeat({heads, 1, 1});
    const std::int64_t size = mixed.size(-1) / heads;
    for (std::int64_t h = 0; h < heads; ++h) {
        const at::Tensor own = lines[h].narrow(-1, h * size, size);
        mean ? own.copy_(own.mean(0, /*keepdim=*/true).expand_as(own).clone()) : own.zero_();
    }
    return lines;
}

// The scores [H] without each head of one block, from what enters it.
at::Tensor scoresWithoutEach(const ScoredModel& model, const Resume& from, bool mean)
{
    const std::int64_t heads = blockOf(model.run(), from.block).heads();
    Hooks hooks;
    hooks.looks = [&](HookPoint point, int block) {
        // What the attention adds is looked at, so that one residual is added to every line.
        return block == from.block && (point == HookPoint::HeadOutputs || point == HookPoint::AttentionOutput);
    };
    hooks.activation = [&](HookPoint point, int, const at::Tensor& x) {
        return point == HookPoint::HeadOutputs ? eachLeftOut(x, heads, mean) : x;
    };
    PassOptions options;
    options.keep = keptForScore(model);
    options.hooks = &hooks;
    options.resume = from;
    return model.score(model.pass(options));
}

at::Tensor oneByOne(const ScoredModel& model, int block, bool mean)
{
    std::vector<double> scores;
    for (int head = 0; head < int(blockOf(model.run(), block).heads()); ++head) {
        Changes changes;
        mean ? changes.averageHead({block, head}) : changes.scaleHead({block, head}, 0);
        scores.push_back(changedScore(model, changes));
    }
    return at::tensor(scores, at::kDouble);
}

MethodResult sweepHeadsOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const bool mean = Settings(sweepHeads, asked).value("mode") == "mean";
    const ScoredModel model(run, asked.score, control);
    const auto blocks = int(run.tensors().result.trace.blocks.size());
    std::int64_t most = 0;
    for (int block = 0; block < blocks; ++block) most = std::max(most, blockOf(run, block).heads());
    at::Tensor effects = at::full({blocks, most}, std::nan(""), at::kDouble);
    const c10::NoGradGuard noGradients;
    for (int block = 0; block < blocks; ++block) {
        model.checkpoint(block, blocks);
        const Resume from = resumeAt(run, block);
        const at::Tensor scores =
            from.hidden.defined() ? scoresWithoutEach(model, from, mean) : oneByOne(model, block, mean);
        effects[block].narrow(0, 0, scores.size(0)).copy_(model.said().score - scores.to(at::kDouble));
    }
    MethodResult result;
    result.explained = model.said();
    result.parts["effects"] = effects;
    return result;
}

} // namespace

const Method sweepHeads{{.id = "sweep-heads",
                         .title = HEADLENS_TEXT("Methods", "every head off in turn"),
                         .says = HEADLENS_TEXT("Methods", "What the score loses without each head of every block"),
                         .formula = "y − y(head h of block l is 0, or its mean over the tokens)",
                         .source = "Michel, Levy and Neubig 2019, arXiv 1905.10650",
                         .unit = "score",
                         .over = "run",
                         .isSigned = true,
                         .ofScore = true,
                         .settings = {{"mode",
                                       HEADLENS_TEXT("Methods", "Instead"),
                                       {HEADLENS_TEXT("Methods", "zero"), HEADLENS_TEXT("Methods", "mean")},
                                       0,
                                       0,
                                       "zero"}}},
                        nullptr,
                        sweepHeadsOf,
                        [](const Run& run, const verbs::MapQuestion&) {
                            double heads = 0;
                            for (const AttentionRecord& block : run.tensors().result.trace.blocks)
                                heads += double(block.heads());
                            return MethodCost{heads / 2, 0};
                        },
                        {{.title = HEADLENS_TEXT("Methods", "what the score loses"),
                          .parts = {"effects"},
                          .rows = "layer",
                          .columns = "head"}}};

} // namespace headlens::interventions
