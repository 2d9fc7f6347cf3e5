// SPDX-License-Identifier: GPL-3.0-or-later
// What the score loses when nobody may look at one patch: every patch in turn. Unlike occlusion nothing is put in its
// place, so that nothing has to be chosen for it.
#include "core/attribution/grids.h"
#include "core/attribution/input_gradient.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"
#include "core/attribution/towers.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <limits>

namespace headlens::methods {
namespace {

// The scores [n] of the input without token `first`, `first` + 1 ... of stream `stream` in turn, side by side in one
// batch.
at::Tensor scoresWithout(const ScoredModel& model, int stream, std::int64_t first, std::int64_t count)
{
    Hooks hooks;
    hooks.scores = [&](int, AttentionRecord& record) {
        if (record.keyStream != stream) return;
        at::Tensor hidden = at::zeros({count, 1, record.queries(), record.keys()}, record.q.options());
        for (std::int64_t i = 0; i < count; ++i)
            hidden[i].select(-1, first + i).fill_(-std::numeric_limits<double>::infinity());
        record.mask = record.mask.defined() ? record.mask + hidden : hidden;
    };
    hooks.looks = [](HookPoint, int) { return false; };
    PassOptions options;
    options.keep = {.attention = false, .hidden = false, .values = false, .firstText = false};
    options.hooks = &hooks;
    const c10::NoGradGuard noGradients;
    return model.score(model.pass(repeated(model.input(), count), options));
}

MethodResult patchAblationOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const ScoredModel model(run, asked.score, control);
    const Trace& trace = run.tensors().result.trace;
    const TokenStream& stream = pictureStream(trace);
    const auto number = int(&stream - trace.streams.data());
    const std::int64_t patches = stream.gridHeight * stream.gridWidth, first = stream.tokens() - patches,
                       batch = batchFor(model, patches);
    std::vector<at::Tensor> scores;
    for (std::int64_t begin = 0; begin < patches; begin += batch) {
        model.checkpoint(int(begin), int(patches));
        scores.push_back(scoresWithout(model, number, first + begin, std::min(batch, patches - begin)));
    }
    MethodResult result;
    result.explained = model.said();
    result.map = (model.said().score - at::cat(scores)).view({stream.gridHeight, stream.gridWidth});
    return result;
}

// Every block that looks at the picture asks whom it may look at: one sequence, or the towers of a CLIP.
std::string needsPatchesAsKeys(const ModelFacts& model)
{
    if (std::string why = needsPictureScore(model); !why.empty()) return why;
    const bool pools = std::ranges::find(model.blocks, AttentionKind::Pool, &BlockFacts::kind) != model.blocks.end();
    return model.text.compares && !pools ? needsTower(model) : needsOneMap(model);
}

} // namespace

const Method patchAblation{
    {.id = "patch-ablation",
     .title = HEADLENS_TEXT("Methods", "patches left out"),
     .says = HEADLENS_TEXT("Methods", "What the score loses when no token may look at one patch, every patch in turn; "
                                      "nothing is put in its place"),
     .caption = HEADLENS_TEXT("Methods", "What “%1” loses when nobody may look at a patch"),
     .formula = "y(x) − y(x without patch j as a key in any block)",
     .source = HEADLENS_TEXT("Methods", "Ours; the ablation of tokens by attention masks"),
     .unit = "score",
     .over = "run",
     .isSigned = true,
     .ofScore = true},
    needsPatchesAsKeys,
    patchAblationOf,
    [](const Run& run, const verbs::MapQuestion&) {
        const TokenStream& stream = pictureStream(run.tensors().result.trace);
        return MethodCost{double(stream.gridHeight * stream.gridWidth), 0};
    }};

} // namespace headlens::methods
